package io.github.comfyeks.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.testing.FakeComfyExtension;
import io.github.comfyeks.testing.FakeComfyServer;
import io.github.comfyeks.workflow.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The example of the README, with a list in place of the screen. */
@ExtendWith(FakeComfyExtension.class)
class ReadmeExampleTest {
    @TempDir
    Path folder;

    @Test
    void theExampleWorks(FakeComfyServer server) throws IOException {
        Path file = Files.writeString(folder.resolve("castle.json"), """
                {"4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "sdxl.safetensors"}},
                 "9": {"class_type": "PreviewAny", "inputs": {"source": ["4", 0], "more": 1}}}""");
        List<String> said = new ArrayList<>();
        try (ComfyClient client = ComfyClient.create(server.uri())) {
            WorkflowValidator validator = WorkflowValidator.of(client.server().objectInfo());
            ValidationReport report = validator.validate(Workflow.read(file));
            report.problems().forEach(problem -> said.add(problem.message()));
            report.warnings().forEach(warning -> said.add(warning.code() + ": " + warning.message()));
            if (!report.isValid()) {
                said.add("the server would say " + report.verdict().error().orElse("nothing, and run the rest"));
            }
        }
        assertThat(said)
                .containsExactly(
                        "node 4 (CheckpointLoaderSimple) ckpt_name: \"sdxl.safetensors\" is not a choice of the server;"
                                + " nearest: \"sd_xl_base_1.0.safetensors\", \"sd_xl_refiner_1.0.safetensors\"",
                        "unknown_input: node 9 (PreviewAny) more: the class has no such input; the server ignores it",
                        "the server would say prompt_outputs_failed_validation");
    }
}
