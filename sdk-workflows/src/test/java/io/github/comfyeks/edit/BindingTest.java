package io.github.comfyeks.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.execution.ExecutionResult;
import io.github.comfyeks.graph.CustomNode;
import io.github.comfyeks.graph.type.Image;
import io.github.comfyeks.testing.FakeComfyExtension;
import io.github.comfyeks.testing.FakeComfyServer;
import io.github.comfyeks.workflow.Workflow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FakeComfyExtension.class)
@Timeout(60)
class BindingTest {
    private final EditableWorkflow drawn = EditableWorkflow.of(Workflow.parse("""
            {"1": {"class_type": "EmptyImage", "inputs": {"width": 48, "height": 32, "batch_size": 1, "color": 255}},
             "2": {"class_type": "SaveImage", "inputs": {"images": ["1", 0], "filename_prefix": "castle"},
                   "_meta": {"title": "Save portrait"}},
             "3": {"class_type": "PreviewImage", "inputs": {"images": ["1", 0]}}}"""));

    @Test
    void aRunsFilesAreFoundByName(FakeComfyServer server) {
        CustomNode inverted =
                CustomNode.of("ImageInvert").with("image", drawn.node("1").output(0, Image.class));
        EditableWorkflow bound = drawn.bind("portrait", "Save portrait")
                .bind("look", "PreviewImage")
                .set("PreviewImage.images", inverted.output(0, Image.class));
        try (ComfyClient client = ComfyClient.create(server.uri())) {
            ExecutionResult result = client.run(bound);
            assertThat(bound.outputs(result)).containsOnlyKeys("portrait", "look");
            assertThat(bound.outputs(result, "portrait")).singleElement().satisfies(file -> assertThat(file.filename())
                    .startsWith("castle"));
            assertThat(bound.outputs(result, "look")).hasSize(1);
            assertThatThrownBy(() -> bound.outputs(result, "portrat"))
                    .hasMessageContaining("nothing is bound to \"portrat\"; nearest: \"portrait\"");
        }
    }

    @Test
    void aWrongNodeTellsTheNearest() {
        assertThatThrownBy(() -> drawn.bind("portrait", "Save portrai"))
                .hasMessageContaining("nearest: \"Save portrait\"");
    }
}
