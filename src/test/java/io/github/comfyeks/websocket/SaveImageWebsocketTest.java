package io.github.comfyeks.websocket;

import static io.github.comfyeks.suite.Graphs.color;
import static io.github.comfyeks.suite.Graphs.graph;
import static io.github.comfyeks.suite.Graphs.link;
import static io.github.comfyeks.suite.Graphs.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.ClientOptions;
import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.execution.ExecutionEvent;
import io.github.comfyeks.execution.ExecutionEvent.Preview;
import io.github.comfyeks.execution.QueueOptions;
import io.github.comfyeks.suite.Graphs;
import io.github.comfyeks.suite.Picture;
import io.github.comfyeks.suite.Recorder;
import io.github.comfyeks.suite.ServerUnderTest;
import io.github.comfyeks.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** SaveImageWebsocket, a custom node that comes with ComfyUI, sends its images as previews and no other way. */
class SaveImageWebsocketTest {
    @Test
    void imagesArriveAsPreviewsOfTheNode() {
        ServerUnderTest.needsClass("SaveImageWebsocket");
        int color = color();
        Workflow workflow =
                graph(Graphs.emptyImage("1", 24, 16, color), node("2", "SaveImageWebsocket", "images", link("1")));
        Recorder recorder = new Recorder();
        try (ComfyClient client = ComfyClient.create(
                        ClientOptions.builder(ServerUnderTest.uri()).build());
                Execution run = client.queue(
                        workflow, QueueOptions.builder().listener(recorder).build())) {
            assertThat(run.await(Duration.ofSeconds(60)).outputs()).isEmpty();
        }
        List<Preview> images = recorder.awaitAll().stream()
                .filter(Preview.class::isInstance)
                .map(Preview.class::cast)
                .toList();
        assertThat(images).hasSize(1);
        assertThat(images.get(0).nodeId()).contains("2");
        assertThat(images.get(0).mediaType()).isEqualTo("image/png");
        Picture picture = Picture.of(images.get(0).bytes());
        assertThat(picture.width()).isEqualTo(24);
        assertThat(picture.rgb(0, 0)).matches(rgb -> Picture.isLike(rgb, color));
        assertThat(recorder.events()).noneMatch(ExecutionEvent.NodeExecuted.class::isInstance);
    }
}
