package io.github.comfyeks.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.file.GenerationParameters;
import io.github.comfyeks.recipe.ParametersRecipe;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.validation.Problem;
import io.github.comfyeks.validation.ProblemCode;
import io.github.comfyeks.validation.WorkflowValidator;
import io.github.comfyeks.workflow.Workflow;
import io.github.comfyeks.workflow.WorkflowNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametersRecipeTest {
    private static ObjectInfo classes = ObjectInfo.of(List.of());

    @BeforeAll
    static void readTheClasses() throws IOException {
        classes = ObjectInfo.read(Objects.requireNonNull(KSampler.class.getResourceAsStream("object_info.json")));
    }

    private static ParametersRecipe recipe(String text) {
        return ParametersRecipe.of(GenerationParameters.parse(text), classes);
    }

    private static WorkflowNode only(Workflow workflow, String classType) {
        assertThat(workflow.findByClass(classType)).as(classType).hasSize(1);
        return workflow.findByClass(classType).get(0);
    }

    @Test
    void parametersBecomeTextToImage() {
        ParametersRecipe recipe = recipe("""
                a castle at dawn, (mist:1.2)
                Negative prompt: blurry
                Steps: 28, Sampler: DPM++ 2M Karras, CFG scale: 6.5, Seed: 18446744073709551615, Size: 640x768, Model: castles""");
        WorkflowNode sampler = only(recipe.workflow(), "KSampler");
        assertThat(sampler.inputs())
                .containsEntry("sampler_name", "dpmpp_2m")
                .containsEntry("scheduler", "karras")
                .containsEntry("steps", 28L)
                .containsEntry("cfg", 6.5);
        assertThat(String.valueOf(sampler.inputs().get("seed"))).isEqualTo("18446744073709551615");
        assertThat(recipe.workflow().findByTitle("Positive prompt").get(0).inputs())
                .containsEntry("text", "a castle at dawn, (mist:1.2)");
        assertThat(only(recipe.workflow(), "EmptyLatentImage").inputs())
                .containsEntry("width", 640L)
                .containsEntry("height", 768L);
        assertThat(recipe.leftOut()).isEmpty();
    }

    @Test
    void theServerTakesAllButTheFilesThatItLacks() {
        ParametersRecipe recipe = recipe("""
                a castle <lora:towers:0.6>
                Steps: 20, Sampler: Euler a, Size: 512x512, Model: castles, VAE: soft, Clip skip: 2, Hires upscale: 1.5, \
                Hires upscaler: 4x-Crisp, Hires steps: 8, Denoising strength: 0.4""");
        List<Problem> problems =
                WorkflowValidator.of(classes).validate(recipe.workflow()).problems();
        assertThat(problems).extracting(Problem::code).containsOnly(ProblemCode.NOT_A_CHOICE);
        assertThat(problems)
                .extracting(problem -> String.valueOf(problem.value()))
                .containsExactlyInAnyOrder(
                        "castles.safetensors", "soft.safetensors", "towers.safetensors", "4x-Crisp.safetensors");
    }

    @Test
    void lorasLeaveThePromptAndAreChained() {
        Workflow workflow = recipe("a castle <lora:a:0.5><lora:b>\nSteps: 4").workflow();
        assertThat(workflow.findByTitle("Positive prompt").get(0).inputs()).containsEntry("text", "a castle");
        List<WorkflowNode> loras = workflow.findByClass("LoraLoader");
        assertThat(loras).hasSize(2);
        assertThat(loras.get(1).link("model").orElseThrow().nodeId())
                .isEqualTo(loras.get(0).id());
        assertThat(loras.get(0).inputs().get("strength_model")).isEqualTo(0.5);
    }

    @Test
    void theSecondPassIsLarger() {
        Workflow workflow = recipe("x\nSteps: 20, Size: 512x512, Hires upscale: 2, Denoising strength: 0.55")
                .workflow();
        assertThat(only(workflow, "LatentUpscaleBy").inputs()).containsEntry("upscale_method", "bilinear");
        assertThat(workflow.findByClass("KSampler"))
                .extracting(node -> new BigDecimal(String.valueOf(node.inputs().get("denoise"))).doubleValue())
                .containsExactly(1.0, 0.55);
    }

    @Test
    void embeddingsAreMarked() {
        Workflow workflow = recipe(
                        "a castle\nNegative prompt: bad-hands, verybad-hands\nSteps: 2, TI hashes: \"bad-hands: 12ab\"")
                .workflow();
        assertThat(workflow.findByTitle("Negative prompt").get(0).inputs())
                .containsEntry("text", "embedding:bad-hands, verybad-hands");
    }

    @Test
    void whatIsNotDoneIsSaid() {
        assertThat(recipe("x\nSteps: 20, Model hash: abc, ADetailer model: face.pt, Version: v1.9")
                        .leftOut())
                .containsExactly("ADetailer model: face.pt");
    }

    @ParameterizedTest
    @CsvSource({
        "Euler a,,euler_ancestral,normal",
        "DPM++ 2S a Karras,,dpmpp_2s_ancestral,karras",
        "DPM2 a,,dpm_2_ancestral,normal",
        "DPM++ 2M SDE,Exponential,dpmpp_2m_sde,exponential",
        "DPM++ 3M SDE,Automatic,dpmpp_3m_sde,karras",
        "UniPC,Simple,uni_pc,simple",
        "DDIM,SGM Uniform,ddim,sgm_uniform",
        "LCM,Beta,lcm,beta",
    })
    void samplersHaveComfyUisNames(String name, String schedule, String sampler, String scheduler) {
        String text = "x\nSteps: 1, Sampler: " + name + (schedule == null ? "" : ", Schedule type: " + schedule);
        assertThat(only(recipe(text).workflow(), "KSampler").inputs())
                .containsEntry("sampler_name", sampler)
                .containsEntry("scheduler", scheduler);
    }

    @ParameterizedTest
    @CsvSource(
            value = {"Steps: 1e999999999", "Steps: many", "Size: 99999999999x1", "Steps: 1, Seed: -1"},
            delimiter = '|')
    void numbersThatAreNoneAreNotBelieved(String settings) {
        assertThat(only(recipe("x\n" + settings + ", a: 1, b: 2").workflow(), "KSampler")
                        .inputs())
                .hasSize(10);
    }
}
