package io.github.comfyeks.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.edit.EditableNode;
import io.github.comfyeks.edit.EditableWorkflow;
import io.github.comfyeks.execution.ExecutionResult;
import io.github.comfyeks.graph.Output;
import io.github.comfyeks.graph.type.Clip;
import io.github.comfyeks.graph.type.Image;
import io.github.comfyeks.graph.type.Model;
import io.github.comfyeks.testing.FakeComfyExtension;
import io.github.comfyeks.testing.FakeComfyServer;
import io.github.comfyeks.workflow.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The example of sdk-workflows/README.md, section "Change it", with files of the test. */
@ExtendWith(FakeComfyExtension.class)
@Timeout(60)
class EditingReadmeTest {
    private static final String CASTLE = """
            {"1": {"class_type": "LoadImage", "inputs": {"image": "example.png"}},
             "2": {"class_type": "VAEEncode", "inputs": {"pixels": ["1", 0], "vae": ["4", 2]}},
             "3": {"class_type": "KSampler", "inputs": {"seed": 1, "steps": 20, "cfg": 7.0, "sampler_name": "euler",
                     "scheduler": "normal", "denoise": 0.5, "model": ["4", 0], "positive": ["6", 0], "negative": ["7", 0],
                     "latent_image": ["2", 0]}},
             "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "sd_xl_base_1.0.safetensors"}},
             "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "a castle", "clip": ["4", 1]},
                   "_meta": {"title": "$prompt What to draw"}},
             "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "blurry", "clip": ["4", 1]}},
             "8": {"class_type": "VAEDecode", "inputs": {"samples": ["3", 0], "vae": ["4", 2]}},
             "9": {"class_type": "SaveImage", "inputs": {"images": ["8", 0], "filename_prefix": "castle"},
                   "_meta": {"title": "Save portrait"}}}""";

    /** One pixel. */
    private static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    @TempDir
    private Path folder;

    @Test
    void theExampleWorks(FakeComfyServer server) throws IOException {
        Path castle = Files.writeString(folder.resolve("castle.json"), CASTLE);
        Files.writeString(
                folder.resolve("castle.params.yaml"), "steps: {set: KSampler.steps, min: 10, max: 40, step: 5}");
        Path knight = Files.write(folder.resolve("knight.png"), PNG);
        Path out = folder.resolve("out");
        server.addModel("loras", "castle.safetensors");
        try (ComfyClient client = ComfyClient.create(server.uri())) {
            EditableWorkflow drawn = EditableWorkflow.read(
                            castle, client.server().objectInfo())
                    .set("KSampler.seed", 42)
                    .set("LoadImage.image", knight)
                    .with(Map.of("prompt", "a castle at dawn", "steps", 30))
                    .bind("portrait", "Save portrait");

            EditableNode checkpoint = drawn.node("CheckpointLoaderSimple");
            Output<Model> model = checkpoint.output(0, Model.class);
            Output<Clip> clip = checkpoint.output(1, Clip.class);
            LoraLoader lora = LoraLoader.model(model).clip(clip).loraName("castle.safetensors");
            EditableWorkflow styled = drawn.rewire(model, lora.model()).rewire(clip, lora.clip());

            ExecutionResult result = client.run(styled);
            styled.outputs(result, "portrait").forEach(file -> file.writeTo(out));

            Workflow sent = result.workflow().orElseThrow();
            assertThat(sent.node(sent.idOf(lora)).inputs()).containsEntry("lora_name", "castle.safetensors");
            assertThat(sent.node("1").inputs()).containsEntry("image", "knight.png");
            assertThat(sent.node("3").inputs()).containsEntry("seed", 42L).containsEntry("steps", 30L);
            assertThat(out).isNotEmptyDirectory();
        }
    }

    @Test
    void theTypedSaveNodeGivesWay() {
        EditableWorkflow drawn = EditableWorkflow.of(Workflow.parse(CASTLE));
        EditableNode save = drawn.node("SaveImage");
        EditableWorkflow changed = save.replaceWith(SaveImageWebsocket.images(save.source("images", Image.class)));
        assertThat(changed.workflow().node("9").links()).hasToString("{images=8:0}");
    }
}
