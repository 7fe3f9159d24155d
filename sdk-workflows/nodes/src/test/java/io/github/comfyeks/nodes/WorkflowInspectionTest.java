package io.github.comfyeks.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.comfyeks.inspect.InputFile;
import io.github.comfyeks.inspect.ModelFile;
import io.github.comfyeks.inspect.NodePack;
import io.github.comfyeks.inspect.OutputNode;
import io.github.comfyeks.inspect.WorkflowInspection;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.workflow.Workflow;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WorkflowInspectionTest {
    private static final Workflow CASTLE = Workflow.parse("""
            {"1": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "castle.safetensors"}},
             "2": {"class_type": "CLIPTextEncode", "inputs": {"text": "embedding:towers, a castle", "clip": ["1", 1]}},
             "3": {"class_type": "EmptyLatentImage", "inputs": {"width": 1000, "height": 500, "batch_size": 2}},
             "4": {"class_type": "KSampler", "_meta": {"title": "First pass"}, "inputs": {"model": ["1", 0], "positive": ["2", 0],
               "negative": ["2", 0], "latent_image": ["3", 0], "seed": 1, "steps": 20, "cfg": 7, "sampler_name": "euler",
               "scheduler": "normal", "denoise": 1}},
             "5": {"class_type": "LatentUpscaleBy", "inputs": {"samples": ["4", 0], "upscale_method": "bilinear", "scale_by": 2}},
             "6": {"class_type": "PrimitiveInt", "inputs": {"value": 10}},
             "7": {"class_type": "KSamplerAdvanced", "inputs": {"model": ["1", 0], "positive": ["2", 0], "negative": ["2", 0],
               "latent_image": ["5", 0], "noise_seed": 1, "steps": ["6", 0], "cfg": 7, "sampler_name": "euler",
               "scheduler": "normal", "add_noise": "enable", "start_at_step": 4, "end_at_step": 10000,
               "return_with_leftover_noise": "disable"}},
             "8": {"class_type": "VAEDecode", "inputs": {"samples": ["7", 0], "vae": ["1", 2]}},
             "9": {"class_type": "SaveImage", "_meta": {"title": "Castle"}, "inputs": {"images": ["8", 0], "filename_prefix": "c"}}}""");

    private static ObjectInfo classes = ObjectInfo.of(List.of());

    @BeforeAll
    static void readTheClasses() throws IOException {
        classes = ObjectInfo.read(Objects.requireNonNull(KSampler.class.getResourceAsStream("object_info.json")));
    }

    @Test
    void nodesAreListedByPack() {
        Workflow workflow = Workflow.parse("""
                {"1": {"class_type": "LoadImage", "inputs": {"image": "knight.png"}},
                 "2": {"class_type": "Sharpen", "inputs": {}}, "3": {"class_type": "Sharpen", "inputs": {}},
                 "4": {"class_type": "Alien", "inputs": {}},
                 "5": {"class_type": "GeminiImage2Node", "inputs": {}}}""");
        NodeSchema sharpen =
                NodeSchema.of("Sharpen", Map.of("python_module", "custom_nodes.sharp-pack", "input", Map.of()));
        ObjectInfo other = ObjectInfo.of(List.of(sharpen));
        assertThat(WorkflowInspection.of(workflow, Map.of("a", classes, "b", other))
                        .packs())
                .containsExactly(
                        new NodePack(NodePack.COMFYUI, Map.of("LoadImage", 1)),
                        new NodePack(NodePack.PARTNER, Map.of("GeminiImage2Node", 1)),
                        new NodePack("sharp-pack", Map.of("Sharpen", 2)),
                        new NodePack(NodePack.UNKNOWN, Map.of("Alien", 1)));
    }

    @Test
    void modelFilesAreListedByFolderWithTheServersThatHaveThem() {
        NodeSchema loader = NodeSchema.of(
                "CheckpointLoaderSimple",
                Map.of("input", Map.of("required", Map.of("ckpt_name", List.of(List.of("castle.safetensors"))))));
        List<ModelFile> models = WorkflowInspection.of(
                        CASTLE, Map.of("old", classes, "new", ObjectInfo.of(List.of(loader))))
                .models();
        assertThat(models)
                .extracting(ModelFile::folder, ModelFile::name, ModelFile::missingOn)
                .containsExactly(
                        tuple("checkpoints", "castle.safetensors", List.of("old")),
                        tuple("embeddings", "towers", List.of()));
        assertThat(models.get(0).usedBy().get(0)).hasToString("1.ckpt_name");
    }

    @Test
    void aModelOfAnUnknownClassIsNamedWithoutAFolder() {
        Workflow workflow = Workflow.parse("""
                {"1": {"class_type": "Alien", "inputs": {"weights": "x.gguf", "text": "a file.", "lora_name": "y.safetensors"}}}""");
        assertThat(WorkflowInspection.of(workflow, classes).models())
                .extracting(ModelFile::folder, ModelFile::name, ModelFile::servers)
                .containsExactly(tuple("", "x.gguf", Map.of()), tuple("loras", "y.safetensors", Map.of()));
    }

    @Test
    void filesToUploadAndOutputsAreListed() {
        Workflow workflow = Workflow.parse("""
                {"1": {"class_type": "LoadImage", "inputs": {"image": "knight.png"}},
                 "2": {"class_type": "PreviewImage", "inputs": {"images": ["1", 0]}}}""");
        assertThat(WorkflowInspection.of(workflow, classes).inputs())
                .extracting(
                        InputFile::kind, InputFile::name, input -> input.place().nodeId())
                .containsExactly(tuple("image", "knight.png", "1"));
        assertThat(WorkflowInspection.of(CASTLE, classes).outputs())
                .containsExactly(new OutputNode("9", "Castle", "SaveImage", Optional.of("c")));
        assertThat(WorkflowInspection.of(workflow, classes).outputs().get(0).filenamePrefix())
                .isEmpty();
    }

    @Test
    void workIsStepsTimesMegapixelsAlongTheLatents() {
        WorkflowInspection inspection = WorkflowInspection.of(CASTLE, classes);
        assertThat(inspection.samplings())
                .extracting(each -> each.nodeId(), each -> each.steps(), each -> each.megapixels())
                .containsExactly(
                        tuple("4", OptionalInt.of(20), OptionalDouble.of(1.0)),
                        tuple("7", OptionalInt.of(6), OptionalDouble.of(4.0)));
        assertThat(inspection.megapixelSteps()).hasValue(44.0);
    }

    @Test
    void stepsOfAScheduleAreFoundBehindItsSigmas() {
        Workflow workflow = Workflow.parse("""
                {"1": {"class_type": "EmptySD3LatentImage", "inputs": {"width": 1024, "height": 1024, "batch_size": 1}},
                 "2": {"class_type": "BasicScheduler", "inputs": {"scheduler": "simple", "steps": 8, "denoise": 1}},
                 "3": {"class_type": "SplitSigmas", "inputs": {"sigmas": ["2", 0], "step": 4}},
                 "4": {"class_type": "SamplerCustomAdvanced", "inputs": {"sigmas": ["3", 1], "latent_image": ["1", 0]}}}""");
        assertThat(WorkflowInspection.of(workflow, classes).samplings().get(0).steps())
                .hasValue(8);
    }

    @Test
    void whatNoLiteralTellsIsUnknown() {
        Workflow workflow = Workflow.parse("""
                {"1": {"class_type": "LoadImage", "inputs": {"image": "x.png"}},
                 "2": {"class_type": "VAEEncode", "inputs": {"pixels": ["1", 0]}},
                 "3": {"class_type": "KSampler", "inputs": {"latent_image": ["2", 0], "steps": 20}}}""");
        WorkflowInspection inspection = WorkflowInspection.of(workflow, classes);
        assertThat(inspection.samplings().get(0).steps()).hasValue(20);
        assertThat(inspection.samplings().get(0).megapixels()).isEmpty();
        assertThat(inspection.megapixelSteps()).isEmpty();
    }

    @Test
    void aSizeThatIsCalculatedIsUnknown() {
        Workflow workflow = Workflow.parse("""
                {"1": {"class_type": "ComfyMathExpression", "inputs": {"expression": "8 * 8"}},
                 "2": {"class_type": "EmptyLatentImage", "inputs": {"width": 1000, "height": 1000, "batch_size": ["1", 0]}},
                 "3": {"class_type": "KSampler", "inputs": {"latent_image": ["2", 0], "steps": 20}}}""");
        assertThat(WorkflowInspection.of(workflow, classes).megapixelSteps()).isEmpty();
    }

    @Test
    void aSwitchIsFollowed() {
        Workflow workflow = Workflow.parse("""
                {"1": {"class_type": "PrimitiveBoolean", "inputs": {"value": true}},
                 "2": {"class_type": "PrimitiveInt", "inputs": {"value": 4}},
                 "3": {"class_type": "ComfySwitchNode", "inputs": {"switch": ["1", 0], "on_true": ["2", 0], "on_false": 20}},
                 "4": {"class_type": "EmptyLatentImage", "inputs": {"width": 1000, "height": 1000, "batch_size": 1}},
                 "5": {"class_type": "KSampler", "inputs": {"latent_image": ["4", 0], "steps": ["3", 0]}}}""");
        assertThat(WorkflowInspection.of(workflow, classes).megapixelSteps()).hasValue(4.0);
    }

    @Test
    void aCircleEnds() {
        Workflow workflow = Workflow.parse("""
                {"1": {"class_type": "KSampler", "inputs": {"latent_image": ["2", 0], "steps": 20}},
                 "2": {"class_type": "LatentUpscaleBy", "inputs": {"samples": ["1", 0], "scale_by": ["3", 0]}},
                 "3": {"class_type": "ComfySwitchNode", "inputs": {"switch": ["3", 0], "on_true": ["3", 0], "on_false": ["3", 0]}}}""");
        assertThat(WorkflowInspection.of(workflow, classes).megapixelSteps()).isEmpty();
    }

    @Test
    void itBringsTheValidatorsReport() {
        assertThat(WorkflowInspection.of(CASTLE, classes).reports())
                .hasEntrySatisfying(
                        "server", report -> assertThat(report.problems()).isNotEmpty());
        assertThatThrownBy(() -> WorkflowInspection.of(CASTLE, Map.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
