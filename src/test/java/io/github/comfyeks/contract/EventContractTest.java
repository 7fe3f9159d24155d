package io.github.comfyeks.contract;

import static io.github.comfyeks.suite.Graphs.color;
import static io.github.comfyeks.suite.Graphs.emptyImage;
import static io.github.comfyeks.suite.Graphs.graph;
import static io.github.comfyeks.suite.Graphs.link;
import static io.github.comfyeks.suite.Graphs.node;
import static io.github.comfyeks.suite.Graphs.previewImage;
import static io.github.comfyeks.suite.Graphs.quick;
import static io.github.comfyeks.suite.Graphs.sleep;
import static io.github.comfyeks.suite.Graphs.sleeping;
import static io.github.comfyeks.suite.Graphs.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.execution.EventStream;
import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.execution.ExecutionEvent;
import io.github.comfyeks.execution.ExecutionEvent.Ended;
import io.github.comfyeks.execution.ExecutionEvent.NodeExecuted;
import io.github.comfyeks.execution.ExecutionEvent.NodeFinished;
import io.github.comfyeks.execution.ExecutionEvent.NodeProgress;
import io.github.comfyeks.execution.ExecutionEvent.NodeStarted;
import io.github.comfyeks.execution.ExecutionEvent.NodeText;
import io.github.comfyeks.execution.ExecutionEvent.OtherEvent;
import io.github.comfyeks.execution.ExecutionEvent.Preview;
import io.github.comfyeks.execution.ExecutionEvent.Queued;
import io.github.comfyeks.execution.ExecutionEvent.Started;
import io.github.comfyeks.execution.ExecutionResult;
import io.github.comfyeks.execution.QueueOptions;
import io.github.comfyeks.ref.ExecutionState;
import io.github.comfyeks.suite.Recorder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a run tells while it is under way. */
class EventContractTest extends ContractTest {
    @Test
    void aGoodRunIsToldFromTheQueueToItsEnd() {
        List<ExecutionEvent> events = eventsOf(graph(sleep("1", 2, 0.02, "none"), previewImage("2", "1"))).stream()
                .filter(event -> !event.isDroppable())
                .toList();
        assertThat(events.get(0)).isInstanceOf(Queued.class);
        assertThat(events.get(1)).isInstanceOf(Started.class);
        assertThat(events.get(events.size() - 1)).isEqualTo(new Ended(ExecutionState.SUCCEEDED));
        assertThat(events)
                .containsSubsequence(
                        new NodeStarted("1", "1"),
                        new NodeFinished("1"),
                        new NodeStarted("2", "2"),
                        new NodeFinished("2"),
                        new Ended(ExecutionState.SUCCEEDED));
        assertThat(only(events, NodeExecuted.class))
                .extracting(NodeExecuted::nodeId)
                .containsExactly("2");
    }

    @Test
    void theOutputOfANodeComesWithItsEvent() {
        List<ExecutionEvent> events = eventsOf(quick());
        NodeExecuted executed = only(events, NodeExecuted.class).get(0);
        assertThat(executed.nodeId()).isEqualTo("2");
        assertThat(executed.displayNodeId()).isEqualTo("2");
        assertThat(executed.output().files()).hasSize(1);
        assertThat(executed.output().files().get(0).type()).isEqualTo("temp");
    }

    @Test
    void stepsComeInOrderAndTheFractionNeverFalls() {
        List<NodeProgress> steps = only(eventsOf(sleeping(8, 0.15)), NodeProgress.class);
        assertThat(steps).isNotEmpty().allMatch(step -> step.nodeId().equals("1") && step.max() == 8);
        assertThat(steps).extracting(NodeProgress::value).isSorted();
        assertThat(steps)
                .extracting(step -> step.progress().fraction())
                .isSorted()
                .allMatch(fraction -> fraction > 0 && fraction <= 1);
    }

    @Test
    void progressIsCompleteAtTheEnd() {
        try (Execution run = client.queue(sleeping(3, 0.02))) {
            run.await(LIMIT);
            assertThat(run.progress().fraction()).isEqualTo(1.0);
            assertThat(run.progress().nodesDone()).isEqualTo(run.progress().nodesTotal());
            assertThat(run.progress().nodeId()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"JPEG, image/jpeg, ff d8 ff", "PNG, image/png, 89 50 4e 47"})
    void previewsArriveAsImages(String format, String mediaType, String magic) throws IOException {
        List<Preview> previews =
                only(eventsOf(graph(sleep("1", 3, 0.15, format), previewImage("2", "1"))), Preview.class);
        assertThat(previews).isNotEmpty();
        for (Preview preview : previews) {
            assertThat(preview.nodeId()).contains("1");
            assertThat(preview.mediaType()).isEqualTo(mediaType);
            assertThat(java.util.HexFormat.ofDelimiter(" ").formatHex(preview.bytes()))
                    .startsWith(magic);
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(preview.bytes()));
            assertThat(image.getWidth()).isEqualTo(512);
            assertThat(image.getHeight()).isEqualTo(512);
        }
    }

    @Test
    void textsOfANodeArriveWhole() {
        String text = "\u732b \ud83d\udc08 " + color();
        List<NodeText> texts = only(eventsOf(graph(text("7", text))), NodeText.class);
        assertThat(texts).contains(new NodeText("7", "hello \u00e9 " + text));
    }

    @Test
    void eventsOfCustomNodesArriveWithWhateverTheySay() {
        List<OtherEvent> others = only(
                eventsOf(graph(
                        emptyImage("1", 8, 8, color()), node("2", "ProbeEvent", "image", link("1"), "to_all", false))),
                OtherEvent.class);
        assertThat(others).extracting(OtherEvent::type).contains("probe.custom", "probe.scalar");
        for (OtherEvent other : others) {
            if (other.type().equals("probe.custom")) {
                assertThat(other.data()).asString().isEqualTo("{hello=[1, 2, null]}");
            }
            if (other.type().equals("probe.scalar")) {
                assertThat(other.data()).isEqualTo("just a string");
            }
        }
    }

    @Test
    void thereIsOneLastEventAndNothingAfterIt() {
        List<ExecutionEvent> events = eventsOf(sleeping(2, 0.02));
        assertThat(events.stream().filter(ExecutionEvent::isLast)).hasSize(1);
        assertThat(events.get(events.size() - 1).isLast()).isTrue();
    }

    @Test
    void listenerStreamFutureAndAwaitTellTheSame() {
        Recorder recorder = new Recorder();
        try (Execution run = client.queue(
                        sleeping(3, 0.05),
                        QueueOptions.builder().listener(recorder).build());
                EventStream stream = run.events()) {
            List<ExecutionEvent> streamed = new ArrayList<>();
            stream.forEach(streamed::add);
            ExecutionResult awaited = run.await(LIMIT);
            assertThat(run.result().join()).isEqualTo(awaited);
            assertThat(awaited.promptId()).isEqualTo(run.promptId());
            assertThat(kept(streamed)).isEqualTo(kept(recorder.awaitAll()));
            assertThat(run.state()).isEqualTo(ExecutionState.SUCCEEDED);
        }
    }

    @Test
    void aLateListenerIsToldWhatHappened() {
        Recorder early = new Recorder();
        Recorder late = new Recorder();
        try (Execution run =
                client.queue(quick(), QueueOptions.builder().listener(early).build())) {
            run.await(LIMIT);
            run.listen(late);
            assertThat(kept(late.awaitAll())).isEqualTo(kept(early.awaitAll()));
        }
    }

    @Test
    void aLateStreamIsToldWhatHappened() {
        try (Execution run = client.queue(quick())) {
            run.await(LIMIT);
            try (EventStream events = run.events()) {
                List<ExecutionEvent> all = events.stream().toList();
                assertThat(all.get(0)).isInstanceOf(Queued.class);
                assertThat(all).contains(new NodeStarted("2", "2"), new Ended(ExecutionState.SUCCEEDED));
            }
        }
    }

    @Test
    void aStreamThatIsClosedEarlyDisturbsNothing() {
        try (Execution run = client.queue(sleeping(3, 0.05))) {
            try (EventStream events = run.events()) {
                assertThat(events.iterator().next()).isInstanceOf(Queued.class);
            }
            assertThat(run.await(LIMIT).confirmed()).isTrue();
        }
    }

    @Test
    void aListenerThatThrowsDisturbsNothing() {
        Recorder recorder = new Recorder();
        try (Execution run = client.queue(
                quick(),
                QueueOptions.builder()
                        .listener(event -> {
                            recorder.onEvent(event);
                            throw new IllegalStateException("on purpose");
                        })
                        .build())) {
            assertThat(run.await(LIMIT).confirmed()).isTrue();
            assertThat(recorder.awaitAll()).contains(new Ended(ExecutionState.SUCCEEDED));
        }
    }

    @Test
    void eachNodeHasItsTime() {
        Map<String, java.time.Duration> times = run(sleeping(4, 0.1)).nodeTimes();
        assertThat(times).containsKeys("1", "2");
        assertThat(times.get("1")).isBetween(java.time.Duration.ofMillis(200), LIMIT);
    }

    /** What no consumer may miss. */
    private static List<String> kept(List<ExecutionEvent> events) {
        return events.stream()
                .filter(event -> !event.isDroppable())
                .map(event -> event instanceof Preview preview ? Arrays.toString(preview.bytes()) : event.toString())
                .toList();
    }
}
