package io.github.comfyeks.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.testing.FakeComfyExtension;
import io.github.comfyeks.testing.FakeComfyServer;
import io.github.comfyeks.workflow.Workflow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(FakeComfyExtension.class)
@Timeout(60)
class ServerCommandsTest {
    @TempDir
    Path folder;

    @Test
    void statusShowsVersionDevicesAndQueue(FakeComfyServer server) {
        assertThat(Cli.ok(server.uri(), "status").out()).contains("ComfyUI 0.33.0", "0 running, 0 waiting");

        JsonNode status = Cli.ok(server.uri(), "status", "--json").json().get(0);
        assertThat(status.path("server").asText()).isEqualTo(server.uri().toString());
        assertThat(status.path("version").asText()).isEqualTo("0.33.0");
        assertThat(status.path("running").asInt(-1)).isZero();
        assertThat(status.path("pending").asInt(-1)).isZero();
        assertThat(status.at("/devices/0/vramTotal").isNumber()).isTrue();
        assertThat(status.at("/devices/0/name").asText()).isNotEmpty();
    }

    @Test
    void queueListsWhatWaitsInItsOrder(FakeComfyServer server) {
        assertThat(Cli.ok(server.uri(), "queue").lines()).containsExactly("nothing runs, nothing waits");
        assertThat(Cli.ok(server.uri(), "queue", "--json").out()).isEmpty();
        server.pause();
        try (ComfyClient client = ComfyClient.create(server.uri());
                Execution first = client.queue(picture());
                Execution second = client.queue(picture())) {
            List<JsonNode> rows = Cli.ok(server.uri(), "queue", "--json").json();
            assertThat(rows)
                    .extracting(row -> row.path("id").asText())
                    .containsExactly(first.promptId().value(), second.promptId().value());
            assertThat(rows).allSatisfy(row -> {
                assertThat(row.path("state").asText()).isEqualTo("waiting");
                assertThat(row.path("number").isNumber()).isTrue();
            });
            assertThat(Cli.ok(server.uri(), "queue").out())
                    .contains("STATE", "waiting", first.promptId().value());
        }
    }

    @Test
    void watchShowsTheQueueOnceWhileItStays(FakeComfyServer server) {
        Cli done = Cli.ok(server.uri(), "watch", "--for", "100ms", "--every", "10ms", "--json");

        assertThat(done.json()).hasSize(1);
        assertThat(done.json().get(0).path("running").isArray()).isTrue();
        assertThat(done.json().get(0).path("pending").asInt(-1)).isZero();
        assertThat(Cli.ok(server.uri(), "watch", "--for", "1ms", "--every", "1h")
                        .out())
                .contains("nothing runs", "waiting 0");
    }

    @Test
    void historyTellsHowARunEnded(FakeComfyServer server) {
        String id;
        try (ComfyClient client = ComfyClient.create(server.uri())) {
            id = client.run(picture()).promptId().value();
        }

        JsonNode entry = Cli.ok(server.uri(), "history", id, "--json").json().get(0);

        assertThat(entry.path("id").asText()).isEqualTo(id);
        assertThat(entry.path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(entry.at("/outputs/0").asText()).contains("castle_00001_.png");
        assertThat(entry.path("failure").asText("none")).isEmpty();
        assertThat(Cli.ok(server.uri(), "history", id).out()).contains("SUCCEEDED", "castle_00001_.png");
    }

    @Test
    void historyOfAFailureNamesTheNode(FakeComfyServer server) throws Exception {
        server.node("EmptyImage", run -> run.fail("ValueError", "no luck"));
        try (ComfyClient client = ComfyClient.create(server.uri());
                Execution run = client.queue(picture())) {
            assertThat(server.awaitIdle(Duration.ofSeconds(10))).isTrue();

            assertThat(Cli.ok(server.uri(), "history", run.promptId().value()).out())
                    .contains("FAILED", "node 1 (EmptyImage)", "no luck");
        }
    }

    @Test
    void anUnknownRunHasNoHistoryAndNothingToDownload(FakeComfyServer server) {
        String id = UUID.randomUUID().toString();
        Cli.on(server.uri(), "history", id).failed(5, id, "is not in the history");
        Cli.on(server.uri(), "download", id, "--out", folder.toString()).failed(5, id, "is not in the history");
        Cli.on(server.uri(), "attach", id).failed(5, "neither the queue nor the history");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void nodesListsClassesAndShowsOne(FakeComfyServer server) {
        assertThat(Cli.ok(server.uri(), "nodes").lines()).contains("KSampler", "SaveImage");
        assertThat(Cli.ok(server.uri(), "nodes", "--json").json())
                .anySatisfy(node -> assertThat(node.path("class").asText()).isEqualTo("KSampler"))
                .allSatisfy(node -> assertThat(node.has("category")).isTrue());
        assertThat(Cli.ok(server.uri(), "nodes", "KSampler").out())
                .contains("INPUT", "sampler_name", "euler", "→ LATENT");

        List<JsonNode> one = Cli.ok(server.uri(), "nodes", "KSampler", "--json").json();
        JsonNode steps = one.stream()
                .filter(input -> input.path("input").asText().equals("steps"))
                .findFirst()
                .orElseThrow();
        assertThat(steps.path("type").asText()).isEqualTo("INT");
        assertThat(steps.path("default").asText()).isEqualTo("20");
        assertThat(one)
                .last()
                .satisfies(output -> assertThat(output.path("type").asText()).isEqualTo("LATENT"));
    }

    @Test
    void anUnknownClassNamesTheNearest(FakeComfyServer server) {
        Cli.on(server.uri(), "nodes", "KSamplr").failed(4, "\"KSamplr\"", "nearest: KSampler");
        Cli hopeless = Cli.on(server.uri(), "nodes", "zzzzzzzzzzzzzzzzzzzzzzzz");
        hopeless.failed(4, "zzzz");
        assertThat(hopeless.err()).doesNotContain("nearest");
    }

    @Test
    void modelsListsFoldersAndTheirFiles(FakeComfyServer server) {
        assertThat(Cli.ok(server.uri(), "models", "server").lines()).contains("checkpoints", "loras");
        assertThat(Cli.ok(server.uri(), "models", "server", "checkpoints").lines())
                .containsExactlyInAnyOrder("sd_xl_base_1.0.safetensors", "sd_xl_refiner_1.0.safetensors");
        assertThat(Cli.ok(server.uri(), "models", "server", "--json").json())
                .anySatisfy(line -> assertThat(line.path("folder").asText()).isEqualTo("checkpoints"));
        assertThat(Cli.ok(server.uri(), "models", "server", "checkpoints", "--json")
                        .json())
                .allSatisfy(line -> assertThat(line.path("model").asText()).startsWith("sd_xl"));
        Cli.on(server.uri(), "models", "server", "chekpoints").failed(3, "chekpoints", "nearest: \"checkpoints\"");
    }

    @Test
    void uploadAnswersTheNameThatTheServerGave(FakeComfyServer server) throws IOException {
        Path file = folder.resolve("knight.png");
        Files.write(file, new byte[] {1, 2, 3});

        assertThat(Cli.ok(server.uri(), "upload", file.toString()).lines()).containsExactly("knight.png");
        JsonNode second = Cli.ok(server.uri(), "upload", file.toString(), "--subfolder", "army", "--json")
                .json()
                .get(0);

        assertThat(second.path("name").asText()).isEqualTo("army/knight.png");
        assertThat(server.readFile("input", "knight.png")).contains(new byte[] {1, 2, 3});
        assertThat(server.readFile("input", "army/knight.png")).isPresent();
        Cli.on(server.uri(), "upload", folder.resolve("none.png").toString()).failed(2, "none.png");
    }

    @Test
    void overwriteReplacesAnUpload(FakeComfyServer server) throws IOException {
        Path file = folder.resolve("knight.png");
        Files.write(file, new byte[] {1});
        Cli.ok(server.uri(), "upload", file.toString());
        Files.write(file, new byte[] {2});

        assertThat(Cli.ok(server.uri(), "upload", file.toString(), "--overwrite")
                        .lines())
                .containsExactly("knight.png");

        assertThat(server.readFile("input", "knight.png")).contains(new byte[] {2});
    }

    @Test
    void downloadsAFileByItsName(FakeComfyServer server) {
        byte[] text = "a file".getBytes(StandardCharsets.UTF_8);
        server.writeFile("output", "maps/world.txt", text);

        JsonNode saved = Cli.ok(
                        server.uri(),
                        "download",
                        "world.txt",
                        "--subfolder",
                        "maps",
                        "--out",
                        folder.toString(),
                        "--json")
                .json()
                .get(0);

        assertThat(Path.of(saved.path("file").asText()))
                .hasBinaryContent(text)
                .hasParent(folder)
                .hasFileName("world.txt");
        assertThat(saved.path("bytes").asLong()).isEqualTo(text.length);
        assertThat(saved.path("sha256").asText()).hasSize(64);
        Cli.on(server.uri(), "download", "none.txt", "--out", folder.toString()).failed(3, "none.txt");
        assertThat(folder.toFile().list()).containsExactly("world.txt");
    }

    @Test
    void downloadsAllFilesOfARun(FakeComfyServer server) {
        String id;
        try (ComfyClient client = ComfyClient.create(server.uri())) {
            id = client.run(picture()).promptId().value();
        }

        Cli.ok(server.uri(), "download", id, "--out", folder.toString());

        assertThat(folder.resolve("castle_00001_.png")).exists();
    }

    @Test
    void freeAsksTheServer(FakeComfyServer server) {
        assertThat(Cli.ok(server.uri(), "free", "--json")
                        .json()
                        .get(0)
                        .path("freed")
                        .asBoolean())
                .isTrue();
        Cli.ok(server.uri(), "free", "--keep-models");
        assertThat(server.requests()).containsEntry("POST /free", 2);
    }

    @Test
    void attachFollowsByIdAndByReference(FakeComfyServer server) {
        server.pause();
        try (ComfyClient client = ComfyClient.create(server.uri());
                Execution run = client.queue(picture())) {
            server.resume();
            String id = run.promptId().value();

            Cli byId = Cli.ok(server.uri(), "attach", id, "--json", "--out", folder.toString());

            assertThat(byId.event("attached").path("id").asText()).isEqualTo(id);
            assertThat(byId.event("ended").path("state").asText()).isEqualTo("SUCCEEDED");
            assertThat(folder.resolve("castle_00001_.png")).exists();
            assertThat(folder.resolve("run.json")).exists();
            assertThat(Cli.run(Map.of(), "attach", run.ref().toString()).out())
                    .contains("attached", "castle_00001_.png");
        }
        assertThat(server.runs()).hasSize(1);
    }

    @Test
    void cancelEndsTheOneAndNoOther(FakeComfyServer server) throws Exception {
        server.pause();
        try (ComfyClient client = ComfyClient.create(server.uri());
                Execution kept = client.queue(picture());
                Execution gone = client.queue(picture())) {
            JsonNode line = Cli.ok(server.uri(), "cancel", gone.promptId().value(), "--json")
                    .json()
                    .get(0);

            assertThat(line.path("cancelled").asText())
                    .isEqualTo(gone.promptId().value());
            server.resume();
            assertThat(kept.await().images()).hasSize(1);
            assertThat(server.awaitIdle(Duration.ofSeconds(10))).isTrue();
            assertThat(server.run(gone.promptId().value()))
                    .hasValueSatisfying(run -> assertThat(run.started()).isZero());
        }
    }

    private static Workflow picture() {
        return Workflow.parse(Cli.PICTURE);
    }
}
