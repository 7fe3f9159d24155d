package io.github.comfyeks.contract;

import static io.github.comfyeks.suite.Graphs.graph;
import static io.github.comfyeks.suite.Graphs.link;
import static io.github.comfyeks.suite.Graphs.node;
import static io.github.comfyeks.suite.Graphs.seed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.comfyeks.error.ExecutionInterruptedException;
import io.github.comfyeks.error.NodeError;
import io.github.comfyeks.error.WorkflowRejectedException;
import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.execution.ExecutionEvent;
import io.github.comfyeks.execution.ExecutionEvent.NodeProgress;
import io.github.comfyeks.execution.ExecutionEvent.NodeStarted;
import io.github.comfyeks.execution.ExecutionEvent.Preview;
import io.github.comfyeks.execution.QueueOptions;
import io.github.comfyeks.suite.Graphs;
import io.github.comfyeks.suite.Picture;
import io.github.comfyeks.suite.Recorder;
import io.github.comfyeks.suite.ServerUnderTest;
import io.github.comfyeks.workflow.Link;
import io.github.comfyeks.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Text to image with a checkpoint of random weights: small, few steps, on a CPU too. */
class CheckpointContractTest extends ContractTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Recorder recorder = new Recorder();

    @BeforeEach
    void needsTheCheckpoint() {
        ServerUnderTest.needsCheckpoint();
    }

    private static Workflow textToImage(int steps) {
        return graph(
                node("4", "CheckpointLoaderSimple", "ckpt_name", ServerUnderTest.CHECKPOINT),
                node("5", "EmptyLatentImage", "width", 64, "height", 64, "batch_size", 1),
                node("6", "CLIPTextEncode", "text", "a castle", "clip", new Link("4", 1)),
                node("7", "CLIPTextEncode", "text", "blurry", "clip", new Link("4", 1)),
                node(
                        "3",
                        "KSampler",
                        "seed",
                        seed(),
                        "steps",
                        steps,
                        "cfg",
                        7.0,
                        "sampler_name",
                        "euler",
                        "scheduler",
                        "normal",
                        "denoise",
                        1.0,
                        "model",
                        link("4"),
                        "positive",
                        link("6"),
                        "negative",
                        link("7"),
                        "latent_image",
                        link("5")),
                node("8", "VAEDecode", "samples", link("3"), "vae", new Link("4", 2)),
                Graphs.saveImage("9", "8"));
    }

    private List<ExecutionEvent> eventsOf(Workflow workflow, QueueOptions.Builder options) {
        client.queue(workflow, options.listener(recorder).build()).await(PATIENCE);
        return recorder.awaitAll();
    }

    @Test
    void anImageIsPainted() {
        try (Execution run = client.queue(textToImage(2))) {
            Picture picture = Picture.of(run.await(PATIENCE).images("9").get(0).bytes());
            assertThat(picture.width()).isEqualTo(64);
            assertThat(picture.height()).isEqualTo(64);
            assertThat(picture.texts()).containsKey("prompt");
            assertThat(run.progress().fraction()).isEqualTo(1.0);
        }
    }

    @Test
    void theSamplersStepsAreTold() {
        List<NodeProgress> steps = only(eventsOf(textToImage(4), QueueOptions.builder()), NodeProgress.class).stream()
                .filter(step -> step.nodeId().equals("3"))
                .toList();
        assertThat(steps).isNotEmpty().allMatch(step -> step.max() == 4);
        assertThat(steps).extracting(NodeProgress::value).isSorted();
    }

    @Test
    void previewsOfTheSamplerArrive() {
        ServerUnderTest.needsVersion("0.8.0", "it takes no preview method with a prompt");
        List<Preview> previews =
                only(eventsOf(textToImage(4), QueueOptions.builder().previewMethod("latent2rgb")), Preview.class);
        assertThat(previews).isNotEmpty();
        assertThat(previews.get(0).mediaType()).isEqualTo("image/jpeg");
        assertThat(previews.get(0).nodeId()).contains("3");
        assertThat(Picture.of(previews.get(0).bytes()).width()).isPositive();
    }

    @Test
    void withoutAPreviewMethodThereAreNone() {
        ServerUnderTest.needsVersion("0.8.0", "it takes no preview method with a prompt");
        assertThat(only(eventsOf(textToImage(2), QueueOptions.builder().previewMethod("none")), Preview.class))
                .isEmpty();
    }

    @Test
    void samplingIsInterrupted() {
        try (Execution run = client.queue(
                textToImage(2000),
                QueueOptions.builder().front().listener(recorder).build())) {
            recorder.await(event ->
                    event instanceof NodeStarted started && started.nodeId().equals("3"));
            run.interrupt();
            assertThatThrownBy(() -> run.await(PATIENCE)).isInstanceOf(ExecutionInterruptedException.class);
        }
    }

    @Test
    void aCheckpointThatIsNotThereIsNamedWithTheNearest() {
        WorkflowRejectedException rejected = catchThrowableOfType(
                WorkflowRejectedException.class,
                () -> client.queue(textToImage(2).withInput("4", "ckpt_name", "random_sd.safetensors")));
        assertThat(rejected).isNotNull();
        List<NodeError> errors = rejected == null ? List.of() : rejected.nodeErrors();
        assertThat(errors).hasSize(1);
        assertThat(errors.get(0).nodeId()).isEqualTo("4");
        assertThat(errors.get(0).inputName()).contains("ckpt_name");
        assertThat(errors.get(0).nearest()).contains(ServerUnderTest.CHECKPOINT);
    }
}
