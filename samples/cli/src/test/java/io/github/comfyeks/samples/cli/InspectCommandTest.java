package io.github.comfyeks.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.comfyeks.testing.FakeComfyExtension;
import io.github.comfyeks.testing.FakeComfyServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(FakeComfyExtension.class)
class InspectCommandTest {
    private static final String CASTLE = """
            {"1": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "castle.safetensors"}},
             "2": {"class_type": "CLIPTextEncode", "_meta": {"title": "$prompt what to draw"}, "inputs": {"text": "a castle", "clip": ["1", 1]}},
             "3": {"class_type": "EmptyLatentImage", "inputs": {"width": 1000, "height": 500, "batch_size": 1}},
             "4": {"class_type": "KSampler", "inputs": {"model": ["1", 0], "positive": ["2", 0], "negative": ["2", 0],
               "latent_image": ["3", 0], "seed": 1, "steps": 20, "cfg": 7, "sampler_name": "euler", "scheduler": "normal",
               "denoise": 1}},
             "5": {"class_type": "VAEDecode", "inputs": {"samples": ["4", 0], "vae": ["1", 2]}},
             "6": {"class_type": "SaveImage", "inputs": {"images": ["5", 0], "filename_prefix": "castle"}}}""";

    @TempDir
    private Path folder;

    @Test
    void peopleReadWhatTheWorkflowNeedsAndDoes(FakeComfyServer server) throws IOException {
        Cli done = Cli.on(
                server.uri(), "inspect", Cli.file(folder, "castle.json", CASTLE).toString());
        assertThat(done.exit()).isEqualTo(ExitCodes.WORKFLOW);
        assertThat(done.out())
                .contains("ComfyUI: CLIPTextEncode, CheckpointLoaderSimple")
                .contains("checkpoints/castle.safetensors  at 1.ckpt_name  missing on " + server.uri())
                .contains("6 (SaveImage)  files castle_…")
                .contains("prompt = a castle  STRING at 2.text")
                .contains("4 (KSampler): 20 steps × 0.5 megapixels = 10 megapixel steps")
                .contains("error: node 1 (CheckpointLoaderSimple) ckpt_name");
    }

    @Test
    void programsReadJson(FakeComfyServer server) throws IOException {
        try (FakeComfyServer other =
                FakeComfyServer.builder().checkpoints("castle.safetensors").build()) {
            Cli done = Cli.on(
                    server.uri(),
                    "inspect",
                    "--json",
                    "--also",
                    other.uri().toString(),
                    Cli.file(folder, "castle.json", CASTLE).toString());
            JsonNode found = done.json().get(0);
            JsonNode model = found.path("models").path(0);
            assertThat(model.path("folder").asText()).isEqualTo("checkpoints");
            assertThat(model.path("servers").path(server.uri().toString()).asBoolean(true))
                    .isFalse();
            assertThat(model.path("servers").path(other.uri().toString()).asBoolean())
                    .isTrue();
            assertThat(found.path("parameters").path(0).path("name").asText()).isEqualTo("prompt");
            assertThat(found.path("megapixel_steps").asDouble()).isEqualTo(10);
            assertThat(found.path("servers")
                            .path(other.uri().toString())
                            .path("valid")
                            .asBoolean())
                    .isTrue();
        }
    }

    @Test
    void whatAWebUiWroteIsMadeAWorkflow(FakeComfyServer server) throws IOException {
        Path file = folder.resolve("webui.png");
        Files.write(file, png("parameters", "a castle\nSteps: 20, Sampler: Euler a, Size: 512x512, Model: castle"));
        assertThat(Cli.on(server.uri(), "inspect", file.toString()).out())
                .contains("checkpoints/castle.safetensors", "20 steps × 0.262 megapixels");
    }

    /** A picture's beginning: the signature, and one text. */
    private static byte[] png(String name, String text) {
        byte[] data = (name + "\0" + text).getBytes(StandardCharsets.ISO_8859_1);
        CRC32 crc = new CRC32();
        crc.update("tEXt".getBytes(StandardCharsets.US_ASCII));
        crc.update(data);
        return ByteBuffer.allocate(8 + 12 + data.length)
                .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'})
                .putInt(data.length)
                .put("tEXt".getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .putInt((int) crc.getValue())
                .array();
    }

    @Test
    void aFileOfTheEditorIsConvertedFirst(FakeComfyServer server) throws IOException {
        Path drawn = Cli.file(folder, "drawn.json", """
                {"version": 0.4, "last_node_id": 2, "links": [[1, 1, 0, 2, 0, "IMAGE"]], "nodes": [
                  {"id": 1, "type": "EmptyImage", "widgets_values": [64, 32, 1, 255]},
                  {"id": 2, "type": "PreviewImage", "inputs": [{"name": "images", "type": "IMAGE", "link": 1}]}]}""");
        assertThat(Cli.ok(server.uri(), "inspect", drawn.toString()).out())
                .contains("ComfyUI: EmptyImage, PreviewImage", "2 (PreviewImage");
    }
}
