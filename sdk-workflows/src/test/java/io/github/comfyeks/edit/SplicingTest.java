package io.github.comfyeks.edit;

import static io.github.comfyeks.edit.Drawn.CASTLE;
import static io.github.comfyeks.edit.Drawn.CLASSES;
import static io.github.comfyeks.edit.Drawn.link;
import static io.github.comfyeks.edit.Drawn.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.error.WorkflowInvalidException;
import io.github.comfyeks.graph.CustomNode;
import io.github.comfyeks.graph.Graph;
import io.github.comfyeks.graph.Output;
import io.github.comfyeks.graph.type.Clip;
import io.github.comfyeks.graph.type.Image;
import io.github.comfyeks.graph.type.Model;
import io.github.comfyeks.workflow.Workflow;
import org.junit.jupiter.api.Test;

class SplicingTest {
    private final EditableWorkflow drawn = Drawn.castle();
    private final Output<Model> model = drawn.node("4").output(0, Model.class);
    private final Output<Clip> clip = drawn.node("4").output(1, Clip.class);

    private CustomNode lora() {
        return CustomNode.of("LoraLoader")
                .with("model", model)
                .with("clip", clip)
                .with("lora_name", "castle.safetensors")
                .with("strength_model", 1.0)
                .with("strength_clip", 1.0);
    }

    private static CustomNode preview(Output<Image> images) {
        return CustomNode.of("PreviewImage").with("images", images);
    }

    @Test
    void aLoraGoesBehindTheCheckpoint() {
        CustomNode lora = lora();
        EditableWorkflow changed =
                drawn.rewire(model, lora.output(0, Model.class)).rewire(clip, lora.output(1, Clip.class));
        assertThat(link(changed, "3", "model")).isEqualTo("10:0");
        assertThat(link(changed, "6", "clip")).isEqualTo("10:1");
        assertThat(link(changed, "7", "clip")).isEqualTo("10:1");
        assertThat(link(changed, "10", "model")).isEqualTo("4:0");
        assertThat(link(changed, "10", "clip")).isEqualTo("4:1");
        assertThat(link(changed, "8", "vae")).isEqualTo("4:2");
        assertThat(changed.workflow().nodes()).hasSize(8);
        assertThat(changed.workflow().idOf(lora)).isEqualTo("10");
    }

    @Test
    void aSecondLoraGoesBehindTheCheckpointToo() {
        Output<Model> one = lora().output(0, Model.class);
        Output<Model> two = lora().output(0, Model.class);
        EditableWorkflow changed = drawn.rewire(model, one).rewire(model, two);
        assertThat(link(changed, "3", "model")).isEqualTo("10:0");
        assertThat(link(changed, "10", "model")).isEqualTo("11:0");
        assertThat(link(changed, "11", "model")).isEqualTo("4:0");
    }

    @Test
    void whatDoesNotFitIsRefused() {
        CustomNode wrong = CustomNode.of("LoraLoader").with("model", clip).with("lora_name", "castle.safetensors");
        assertThatExceptionOfType(WorkflowInvalidException.class)
                .isThrownBy(() -> drawn.rewire(model, wrong.output(1, Model.class)))
                .satisfies(e -> assertThat(e.problems())
                        .anySatisfy(problem -> assertThat(problem).contains("node 3 (KSampler) model"))
                        .anySatisfy(problem -> assertThat(problem).contains("node 10 (LoraLoader) model"))
                        .anySatisfy(problem -> assertThat(problem).contains("node 10 (LoraLoader) strength_model")));
        assertThatThrownBy(() -> drawn.rewire(
                        drawn.node("9").output(0, Image.class),
                        preview(decoded(drawn)).output(0, Image.class)))
                .hasMessageContaining("nothing takes its output 0");
    }

    private static Output<Image> decoded(EditableWorkflow workflow) {
        return workflow.node("8").output(0, Image.class);
    }

    @Test
    void anOutputIsAValueToo() {
        EditableWorkflow changed = drawn.set("KSampler.model", lora().output(0, Model.class));
        assertThat(link(changed, "3", "model")).isEqualTo("10:0");
        assertThat(link(changed, "10", "model")).isEqualTo("4:0");
    }

    @Test
    void theSaveNodeGivesWayToAnother() {
        CustomNode socket = CustomNode.of("SaveImageWebsocket")
                .with("images", drawn.node("SaveImage").source("images", Image.class));
        EditableWorkflow changed = drawn.node("SaveImage").replaceWith(socket);
        assertThat(changed.workflow().node("9").classType()).isEqualTo("SaveImageWebsocket");
        assertThat(link(changed, "9", "images")).isEqualTo("8:0");
        assertThat(changed.workflow().idOf(socket)).isEqualTo("9");
        assertThat(changed.workflow().nodes()).hasSameSizeAs(CASTLE.nodes());
    }

    @Test
    void whatTookTheReplacedNodeTakesTheOther() {
        EditableWorkflow changed = drawn.node("EmptyLatentImage")
                .replaceWith(CustomNode.of("EmptyLatentImage")
                        .with("width", 16)
                        .with("height", 16)
                        .with("batch_size", 1));
        assertThat(link(changed, "3", "latent_image")).isEqualTo("5:0");
        assertThat(value(changed, "5", "width")).isEqualTo(16L);
        assertThatThrownBy(() -> drawn.node("CheckpointLoaderSimple").replaceWith(lora()))
                .hasMessageContaining("use rewire");
    }

    @Test
    void aRemovedNodeLetsItsInputPass() {
        CustomNode lora = lora();
        EditableWorkflow with =
                drawn.rewire(model, lora.output(0, Model.class)).rewire(clip, lora.output(1, Clip.class));
        assertThat(with.node("LoraLoader").remove().workflow().nodes()).isEqualTo(CASTLE.nodes());
    }

    @Test
    void whatNothingCanPassByIsNotRemoved() {
        assertThatThrownBy(() -> drawn.node("VAEDecode").remove())
                .isInstanceOf(WorkflowInvalidException.class)
                .hasMessageContaining("node 8 (VAEDecode) takes nothing that could pass by it to 9.images (IMAGE)");
        assertThatThrownBy(() -> EditableWorkflow.of(CASTLE).node("VAEDecode").remove())
                .hasMessageContaining("with the server's classes only");
        assertThat(EditableWorkflow.of(CASTLE)
                        .node("SaveImage")
                        .remove()
                        .workflow()
                        .nodes())
                .hasSize(6);
        assertThatThrownBy(() -> drawn.bind("portrait", "9").node("9").remove())
                .hasMessageContaining("bound to \"portrait\"");
    }

    @Test
    void aPartFeedsOneNode() {
        EditableWorkflow part = drawn.node("Negative Prompt").only();
        assertThat(part.workflow().nodes()).containsOnlyKeys("4", "7");
        Graph graph = Graph.of(preview(decoded(drawn)));
        assertThat(graph.workflow().nodes())
                .containsKeys("3", "4", "5", "6", "7", "8")
                .hasSize(7);
        assertThat(graph.workflow().node("3")).isEqualTo(CASTLE.node("3"));
    }

    @Test
    void twoWorkflowsMerge() {
        EditableWorkflow photo = EditableWorkflow.of(Drawn.PHOTO, CLASSES).bind("dark", "SaveImage");
        Output<Image> dark = photo.node("ImageInvert").output(0, Image.class);
        EditableWorkflow both = drawn.bind("portrait", "9").merge(photo);
        assertThat(both.workflow().nodes()).hasSize(10).containsKeys("1", "2", "10");
        assertThat(link(both, "10", "images")).isEqualTo("2:0");
        assertThat(both.parameters().list()).extracting(Parameter::name).containsExactlyInAnyOrder("prompt", "photo");
        assertThat(link(both.set("9.images", dark), "9", "images")).isEqualTo("2:0");
        assertThatThrownBy(() -> drawn.bind("dark", "9").merge(photo))
                .hasMessageContaining("both workflows bind the name \"dark\"");
    }

    @Test
    void anOutputOfAnotherWorkflowBringsItsPart() {
        EditableWorkflow photo =
                EditableWorkflow.of(Workflow.parse(Drawn.PHOTO.toJson().replace("\"2\"", "\"4\"")), CLASSES);
        EditableWorkflow both =
                drawn.set("SaveImage.images", photo.node("ImageInvert").output(0, Image.class));
        assertThat(both.workflow().nodes()).hasSize(9);
        assertThat(link(both, "9", "images")).isEqualTo("10:0");
        assertThat(link(both, "10", "image")).isEqualTo("1:0");
        assertThat(both.workflow().node("4")).isEqualTo(CASTLE.node("4"));
    }

    @Test
    void aNodeMayBringAnIdOfItsOwn() {
        CustomNode other = preview(decoded(drawn)).withId("out");
        assertThat(drawn.add(other).workflow().node("out").classType()).isEqualTo("PreviewImage");
        assertThatThrownBy(() -> drawn.add(preview(decoded(drawn)).withId("3")))
                .hasMessageContaining("the id \"3\" of PreviewImage is taken by node 3 (KSampler)");
    }

    @Test
    void outputsFromBeforeAChangeStandForTheNodeOfNow() {
        EditableWorkflow changed = drawn.set("KSampler.seed", 99).add(preview(decoded(drawn)));
        assertThat(value(changed, "3", "seed")).isEqualTo(99L);
        assertThat(link(changed, "10", "images")).isEqualTo("8:0");
    }
}
