package io.github.comfyeks.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.workflow.Workflow;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    Path folder;

    @Test
    void withoutPropertiesItIsTheGuidesWorkflowOnTheEmbeddedServer() {
        Settings settings = settings();

        assertThat(settings.server()).isEmpty();
        assertThat(settings.checkpoint()).isEmpty();
        assertThat(settings.seed()).isEqualTo(42);
        assertThat(settings.size()).isEqualTo(1024);
        assertThat(settings.steps()).isEqualTo(25);
        assertThat(settings.describe()).isEqualTo("SDXL base + refiner, 1024×1024, 25 steps, seed 42");
    }

    @Test
    void theGraphHasTheNumbersOfTheGuide() {
        Workflow graph = settings("seed", "7").workflow();

        assertThat(inputs(graph, "10"))
                .containsEntry("steps", "25")
                .containsEntry("start_at_step", "0")
                .containsEntry("end_at_step", "20")
                .containsEntry("add_noise", "enable")
                .containsEntry("return_with_leftover_noise", "enable")
                .containsEntry("noise_seed", "7");
        assertThat(inputs(graph, "11"))
                .containsEntry("steps", "25")
                .containsEntry("start_at_step", "20")
                .containsEntry("end_at_step", "10000")
                .containsEntry("add_noise", "disable")
                .containsEntry("return_with_leftover_noise", "disable")
                .containsEntry("noise_seed", "7");
        assertThat(inputs(graph, "4")).containsEntry("ckpt_name", "sd_xl_base_1.0.safetensors");
        assertThat(inputs(graph, "12")).containsEntry("ckpt_name", "sd_xl_refiner_1.0.safetensors");
        assertThat(inputs(graph, "5")).containsEntry("width", "1024").containsEntry("height", "1024");
        assertThat(graph.seeds()).hasSize(2);
    }

    @Test
    void propertiesChangeTheGraph() {
        Workflow graph = settings(
                        "prompt", "a ship", "size", "512", "steps", "10", "checkpoint", "v1-5-pruned.safetensors")
                .workflow();

        assertThat(inputs(graph, "6")).containsEntry("text", "a ship");
        assertThat(inputs(graph, "15")).containsEntry("text", "a ship");
        assertThat(inputs(graph, "7").get("text")).isEqualTo(inputs(graph, "16").get("text"));
        assertThat(inputs(graph, "5")).containsEntry("width", "512").containsEntry("height", "512");
        assertThat(inputs(graph, "10")).containsEntry("end_at_step", "8");
        assertThat(inputs(graph, "11")).containsEntry("start_at_step", "8");
        assertThat(inputs(graph, "4")).containsEntry("ckpt_name", "v1-5-pruned.safetensors");
        assertThat(inputs(graph, "12")).containsEntry("ckpt_name", "v1-5-pruned.safetensors");
    }

    @Test
    void howeverFewStepsBothModelsHaveOne() {
        for (int steps = 2; steps < 30; steps++) {
            Workflow graph = settings("steps", String.valueOf(steps)).workflow();
            int handOver = Integer.parseInt(inputs(graph, "10").getOrDefault("end_at_step", "-1"));
            assertThat(handOver).as("of %d steps", steps).isBetween(1, steps - 1);
        }
    }

    @Test
    void theServerNeedsNoScheme() {
        assertThat(settings("comfyeks.server", "127.0.0.1:8188").server())
                .contains(URI.create("http://127.0.0.1:8188"));
        assertThat(settings("comfyeks.server", "https://comfy.example/a").server())
                .contains(URI.create("https://comfy.example/a"));
        assertThat(settings("comfyeks.server", " ").server()).isEmpty();
    }

    @Test
    void allProblemsAreToldAtOnce() {
        assertThatThrownBy(() -> settings("comfyeks.server", "http://[", "seed", "x", "size", "4", "steps", "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("-Dcomfyeks.server=http://[", "-Dseed=x", "-Dsize=4", "-Dsteps=1", "16384")
                .message()
                .hasLineCount(1);
    }

    @Test
    void aFileReplacesTheGraphAndTheCheckpointGoesToItsLoaders() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.json"), """
                {"a": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "mine.safetensors"}}}""");

        assertThat(inputs(settings("workflow", file.toString()).workflow(), "a"))
                .containsEntry("ckpt_name", "mine.safetensors");
        assertThat(inputs(
                        settings("workflow", file.toString(), "checkpoint", "yours.ckpt")
                                .workflow(),
                        "a"))
                .containsEntry("ckpt_name", "yours.ckpt");
    }

    static Settings settings(String... namesAndValues) {
        Properties properties = new Properties();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.setProperty(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Settings.of(properties);
    }

    /** As text, since 20 is 20 whatever its class. */
    private static Map<String, String> inputs(Workflow graph, String id) {
        Map<String, String> texts = new HashMap<>();
        graph.node(id).inputs().forEach((name, value) -> texts.put(name, String.valueOf(value)));
        return texts;
    }
}
