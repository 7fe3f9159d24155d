package io.github.comfyeks.validation;

import static io.github.comfyeks.validation.Classes.image;
import static io.github.comfyeks.validation.Classes.node;
import static io.github.comfyeks.validation.Classes.preview;
import static io.github.comfyeks.validation.Classes.workflow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.comfyeks.ClientOptions;
import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.error.WorkflowInvalidException;
import io.github.comfyeks.error.WorkflowRejectedException;
import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.execution.QueueOptions;
import io.github.comfyeks.testing.FakeComfyExtension;
import io.github.comfyeks.testing.FakeComfyServer;
import io.github.comfyeks.workflow.Workflow;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FakeComfyExtension.class)
@Timeout(60)
class QueueCheckTest {
    private static final Workflow BROKEN =
            workflow(image("x"), preview("1"), node("SaveImage", "images", List.of("1", 0)));
    private static final Workflow HALF = workflow(image(64), preview("1"), node("PreviewImage"));

    private static Workflow checkpoint(String name) {
        return workflow(
                node("CheckpointLoaderSimple", "ckpt_name", name), node("PreviewAny", "source", List.of("1", 0)));
    }

    @Test
    void aBrokenWorkflowIsNotSentOnceTheClassesAreKnown(FakeComfyServer server) {
        try (ComfyClient client = ComfyClient.create(server.uri())) {
            client.server().objectInfo();
            assertThatExceptionOfType(WorkflowInvalidException.class)
                    .isThrownBy(() -> client.queue(BROKEN))
                    .satisfies(e -> assertThat(e.problems())
                            .hasSize(2)
                            .anySatisfy(problem -> assertThat(problem).contains("node 1 (EmptyImage) width: \"x\""))
                            .anySatisfy(problem -> assertThat(problem).contains("node 3 (SaveImage) filename_prefix")));
            assertThat(server.requests()).doesNotContainKey("POST /prompt");
        }
    }

    @Test
    void withoutClassesTheServerIsAsked(FakeComfyServer server) {
        try (ComfyClient client = ComfyClient.create(server.uri())) {
            assertThatExceptionOfType(WorkflowRejectedException.class).isThrownBy(() -> client.queue(BROKEN));
            assertThat(server.requests()).containsKey("POST /prompt");
        }
    }

    @Test
    void theCheckCanBeTurnedOff(FakeComfyServer server) {
        try (ComfyClient client = ComfyClient.create(
                ClientOptions.builder(server.uri()).validate(false).build())) {
            client.server().objectInfo();
            assertThatExceptionOfType(WorkflowRejectedException.class).isThrownBy(() -> client.queue(BROKEN));
        }
    }

    @Test
    void warningsStopNothing(FakeComfyServer server) {
        try (ComfyClient client = ComfyClient.create(server.uri())) {
            client.server().objectInfo();
            Workflow lenient = workflow(image("64"), preview("1"), image("x"));
            assertThat(client.run(lenient).images()).hasSize(1);
        }
    }

    @Test
    void aHalfThatRunsPassesIfTheCallerSaysSo(FakeComfyServer server) {
        try (ComfyClient client = ComfyClient.create(server.uri())) {
            client.server().objectInfo();
            assertThatExceptionOfType(WorkflowInvalidException.class).isThrownBy(() -> client.queue(HALF));
            QueueOptions partial = QueueOptions.builder().acceptPartial().build();
            assertThat(client.run(HALF, partial).images()).hasSize(1);
            assertThat(client.run(HALF, QueueOptions.builder().targets("2").build())
                            .images())
                    .hasSize(1);
        }
    }

    @Test
    void aFileThatCameLaterIsSeen(FakeComfyServer server) {
        try (ComfyClient client = ComfyClient.create(server.uri())) {
            server.addModel("checkpoints", "old.safetensors");
            client.server().objectInfo();
            server.addModel("checkpoints", "new.safetensors");
            try (Execution run = client.queue(checkpoint("new.safetensors"))) {
                assertThat(run.promptId()).isNotNull();
            }
            assertThatExceptionOfType(WorkflowInvalidException.class)
                    .isThrownBy(() -> client.queue(checkpoint("newest.safetensors")))
                    .withMessageContaining("nearest: \"new.safetensors\"");
        }
    }

    @Test
    void aCustomNodesOwnChecksAreLeftToTheServer(FakeComfyServer server) {
        try (ComfyClient client = ComfyClient.create(server.uri())) {
            client.server().objectInfo();
            Workflow own = workflow(
                    image(64), node("ProbeValidate", "mode", "mine", "n", 1, "image", List.of("1", 0)), preview("2"));
            assertThat(client.run(own).images()).hasSize(1);
        }
    }

    @Test
    void olderServersAreNotHeldToNewerRules() {
        try (FakeComfyServer server =
                        FakeComfyServer.builder().version("0.3.64").build();
                ComfyClient client = ComfyClient.create(server.uri())) {
            client.server().objectInfo();
            Workflow unchecked = workflow(
                    node("ProbeTypes", "i", 2, "f", 1.0, "b", true, "s", "x", "c", "a", "n", 1, "k", "unchecked"));
            try (Execution run = client.queue(unchecked)) {
                assertThat(run.promptId()).isNotNull();
            }
        }
    }
}
