package io.github.comfyeks.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.comfyeks.testing.FakeComfyServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Properties;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class QuickstartTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;

    @Test
    void theFirstPictureComesWithARecordThatIsEnoughToMakeItAgain() throws Exception {
        String said = run("size", "256", "seed", "11");

        Path picture = folder.resolve("comfyeks_00001_.png");
        BufferedImage image = ImageIO.read(picture.toFile());
        assertThat(image.getWidth()).isEqualTo(256);
        JsonNode record = JSON.readTree(folder.resolve("run.json").toFile());
        assertThat(record.path("seeds"))
                .hasSize(2)
                .allSatisfy(seed -> assertThat(seed.path("value").asLong()).isEqualTo(11));
        assertThat(record.at("/outputs/0/file").asText()).isEqualTo("comfyeks_00001_.png");
        assertThat(record.at("/outputs/0/sha256").asText()).isEqualTo(sha256(picture));
        assertThat(record.at("/outputs/0/bytes").asLong()).isEqualTo(Files.size(picture));
        assertThat(Instant.parse(record.path("startedAt").asText()))
                .isBeforeOrEqualTo(Instant.parse(record.path("endedAt").asText()));
        assertThat(record.path("nodeSeconds").has("10")).isTrue();
        assertThat(record.at("/workflow/10/inputs/end_at_step").asInt()).isEqualTo(20);
        assertThat(record.path("serverVersion").asText()).isEqualTo("0.33.0");
        assertThat(said).contains("FAKE", "SDXL base + refiner, 256×256", "100 %", picture.toString(), "Base sampler");
    }

    @Test
    void theRecordsWorkflowMakesTheSamePicture() throws Exception {
        run("size", "128");
        Path first = folder.resolve("comfyeks_00001_.png");
        JsonNode record = JSON.readTree(folder.resolve("run.json").toFile());
        Path again = Files.writeString(
                folder.resolve("again.json"), record.path("workflow").toString());

        run(
                "workflow",
                again.toString(),
                "comfyeks.out",
                folder.resolve("second").toString());

        BufferedImage one = ImageIO.read(first.toFile());
        BufferedImage two =
                ImageIO.read(folder.resolve("second/comfyeks_00001_.png").toFile());
        assertThat(pixels(two)).isEqualTo(pixels(one));
    }

    @Test
    void aMissingCheckpointIsOneErrorThatNamesThoseThatAreThere() {
        try (FakeComfyServer server =
                FakeComfyServer.builder().checkpoints("v1-5-pruned.safetensors").build()) {
            assertThatThrownBy(() -> run("comfyeks.server", server.uri().toString()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll(
                            "sd_xl_base_1.0.safetensors",
                            "sd_xl_refiner_1.0.safetensors",
                            "it has v1-5-pruned.safetensors",
                            "-Dcheckpoint=v1-5-pruned.safetensors");
            assertThat(server.submissions()).isEmpty();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aServerWithoutAnyCheckpointSaysWhereOneGoes() {
        try (FakeComfyServer server = FakeComfyServer.builder().checkpoints().build()) {
            assertThatThrownBy(() -> run("comfyeks.server", server.uri().toString()))
                    .hasMessageContaining("models/checkpoints");
        }
    }

    @Test
    void theCheckpointThatIsThereMakesThePicture() throws IOException {
        try (FakeComfyServer server =
                FakeComfyServer.builder().checkpoints("v1-5-pruned.safetensors").build()) {
            String said = run(
                    "comfyeks.server",
                    server.uri().toString(),
                    "checkpoint",
                    "v1-5-pruned.safetensors",
                    "size",
                    "64",
                    "steps",
                    "4");

            assertThat(said)
                    .contains("v1-5-pruned.safetensors as base and refiner")
                    .doesNotContain("FAKE");
            assertThat(server.runs()).hasSize(1);
        }
        assertThat(folder.resolve("run.json")).exists();
    }

    @Test
    void runsAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("flat.json"), """
                {"1": {"class_type": "EmptyImage", "inputs": {"width": 48, "height": 32, "batch_size": 1, "color": 255}},
                 "2": {"class_type": "SaveImage", "inputs": {"images": ["1", 0], "filename_prefix": "flat"}}}""");

        String said = run("workflow", file.toString());

        assertThat(said).contains("workflow " + file);
        assertThat(folder.resolve("flat_00001_.png")).exists();
    }

    @Test
    void aFileThatIsNotThereIsSaid() {
        assertThatThrownBy(() -> run("workflow", folder.resolve("none.json").toString()))
                .hasMessageContainingAll("none.json", "no such file");
    }

    private String run(String... namesAndValues) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Properties properties = new Properties();
        properties.setProperty("comfyeks.out", folder.toString());
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.setProperty(namesAndValues[i], namesAndValues[i + 1]);
        }
        Quickstart.run(Settings.of(properties), new PrintStream(said, true, StandardCharsets.UTF_8), false);
        return said.toString(StandardCharsets.UTF_8);
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
