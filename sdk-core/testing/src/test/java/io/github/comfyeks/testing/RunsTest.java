package io.github.comfyeks.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.comfyeks.testing.replay.LiveRequests;
import io.github.comfyeks.testing.replay.LiveSocket;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Prompts are really run, one after the other, and leave what a server leaves. */
@Timeout(30)
class RunsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @RegisterExtension
    final FakeComfyExtension paused =
            FakeComfyExtension.of(FakeComfyServer.Builder::paused).failOnOpenSockets();

    private static JsonNode submit(FakeComfyServer server, String body) throws IOException {
        return MAPPER.readTree(LiveRequests.post(server.uri(), "/prompt", body));
    }

    private static String run(FakeComfyServer server, String graph) throws Exception {
        String id = submit(server, Graphs.body(graph, "c")).path("prompt_id").asText();
        assertThat(server.awaitIdle(LIMIT)).isTrue();
        return id;
    }

    private static BufferedImage picture(FakeComfyServer server, String name) throws IOException {
        return ImageIO.read(
                new ByteArrayInputStream(server.readFile("output", name).orElseThrow()));
    }

    @Test
    void savesRealPixels() throws Exception {
        try (FakeComfyServer server = FakeComfyServer.create()) {
            run(server, Graphs.saved(0x3366cc));
            BufferedImage picture = picture(server, "test_00001_.png");
            assertThat(picture.getWidth()).isEqualTo(32);
            assertThat(picture.getHeight()).isEqualTo(16);
            assertThat(picture.getRGB(5, 5) & 0xffffff).isEqualTo(0x3366cc);
        }
    }

    @Test
    void writesGraphAndWorkflowIntoThePng() throws Exception {
        try (FakeComfyServer server = FakeComfyServer.create()) {
            String body = "{\"prompt\": " + Graphs.saved(7)
                    + ", \"extra_data\": {\"extra_pnginfo\": {\"workflow\": {\"id\": \"caf\u00e9\"}}}}";
            submit(server, body);
            assertThat(server.awaitIdle(LIMIT)).isTrue();
            String png =
                    new String(server.readFile("output", "test_00001_.png").orElseThrow(), StandardCharsets.ISO_8859_1);
            assertThat(png)
                    .contains("tEXtprompt\0{\"1\": {\"class_type\": \"EmptyImage\", \"inputs\": {\"width\": 32, ");
            assertThat(png).contains("tEXtworkflow\0{\"id\": \"caf\\u00e9\"}");
        }
    }

    @Test
    void paintsTheSamePictureForTheSameSeedAndAnotherForAnother() throws Exception {
        try (FakeComfyServer server =
                FakeComfyServer.builder().stepTime(Duration.ZERO).build()) {
            run(server, Graphs.painted(1, 4, "a castle"));
            run(server, Graphs.painted(2, 4, "a castle"));
            LiveRequests.post(server.uri(), "/free", "{\"free_memory\": true}");
            run(server, Graphs.painted(1, 4, "a castle"));
            BufferedImage first = picture(server, "castle_00001_.png");
            assertThat(first.getWidth()).isEqualTo(128);
            assertThat(first.getHeight()).isEqualTo(64);
            assertThat(picture(server, "castle_00003_.png").getRGB(100, 60)).isEqualTo(first.getRGB(100, 60));
            assertThat(picture(server, "castle_00002_.png").getRGB(100, 60)).isNotEqualTo(first.getRGB(100, 60));
        }
    }

    @Test
    void reportsEachStepOfASamplerWithAPreviewWhenAsked() throws Exception {
        try (FakeComfyServer server =
                        FakeComfyServer.builder().previewMethod("auto").build();
                LiveSocket socket = new LiveSocket(server.uri(), "c")) {
            assertThat(socket.awaitType("status")).isTrue();
            submit(server, Graphs.body(Graphs.painted(1, 6, "a castle"), "c"));
            assertThat(socket.awaitEnds(1)).isTrue();
            assertThat(socket.types().stream().filter("progress"::equals)).hasSize(6);
            assertThat(socket.types().stream().filter("binary"::equals)).hasSize(6);
        }
    }

    @Test
    void doesNotRunUnchangedNodesAgain() throws Exception {
        try (FakeComfyServer server = FakeComfyServer.create()) {
            String first = run(server, Graphs.saved(1));
            String second = run(server, Graphs.saved(1));
            assertThat(server.run(first).orElseThrow().executedNodes()).containsExactly("1", "2");
            assertThat(server.run(second).orElseThrow().executedNodes()).isEmpty();
        }
    }

    @Test
    void runsOnePromptAtATimeWhenSteppedThrough() throws Exception {
        FakeComfyServer server = paused.server();
        String first = submit(server, Graphs.body(Graphs.saved(1), "c"))
                .path("prompt_id")
                .asText();
        String second = submit(server, Graphs.body(Graphs.saved(2), "c"))
                .path("prompt_id")
                .asText();
        try (LiveSocket socket = new LiveSocket(server.uri(), "c")) {
            assertThat(socket.awaitType("status")).isTrue();
            server.runNext();
            assertThat(socket.awaitEnds(1)).isTrue();
            assertThat(server.run(first).orElseThrow().ended()).isEqualTo(1);
            assertThat(server.run(second).orElseThrow().started()).isZero();
            server.resume();
            assertThat(socket.awaitEnds(2)).isTrue();
        }
        assertThat(server.runs()).extracting(RunCount::queued).containsExactly(1, 1);
    }

    @Test
    void stopsTheRunningPromptAtAStep() throws Exception {
        try (FakeComfyServer server = FakeComfyServer.create();
                LiveSocket socket = new LiveSocket(server.uri(), "c")) {
            assertThat(socket.awaitType("status")).isTrue();
            String id = submit(server, Graphs.body(Graphs.sleeping(1000, 0.01, 1), "c"))
                    .path("prompt_id")
                    .asText();
            assertThat(socket.awaitType("progress")).isTrue(); // one that comes before the first step is forgotten
            LiveRequests.post(server.uri(), "/interrupt", "{\"prompt_id\": \"" + id + "\"}");
            assertThat(server.awaitIdle(LIMIT)).isTrue();
            JsonNode entry = MAPPER.readTree(LiveRequests.get(server.uri(), "/history/" + id))
                    .path(id);
            assertThat(entry.at("/status/status_str").asText()).isEqualTo("error");
            assertThat(entry.at("/status/messages/2/0").asText()).isEqualTo("execution_interrupted");
        }
    }

    @Test
    void killsTheWorkerWhenTwinsMeet() throws Exception {
        try (FakeComfyServer server = FakeComfyServer.builder().paused().build()) {
            String id = "3f0c3a52-0000-4000-8000-00000000000a";
            submit(server, Graphs.body(Graphs.saved(1), "c"));
            for (int colour : List.of(2, 3)) {
                LiveRequests.post(
                        server.uri(),
                        "/prompt",
                        "{\"prompt\": " + Graphs.saved(colour) + ", \"prompt_id\": \"" + id + "\", \"number\": 5}");
            }
            server.resume();
            assertThat(server.awaitIdle(Duration.ofMillis(200))).isFalse();
            JsonNode queue = MAPPER.readTree(LiveRequests.get(server.uri(), "/queue"));
            assertThat(queue.path("queue_running")).isEmpty();
            assertThat(queue.path("queue_pending")).isNotEmpty();
        }
    }

    @Test
    void failsANodeAsScripted() throws Exception {
        try (FakeComfyServer server = FakeComfyServer.builder()
                .node("KSampler", node -> node.fail("torch.OutOfMemoryError", "CUDA out of memory."))
                .build()) {
            String id = run(server, Graphs.painted(1, 4, "a castle"));
            JsonNode error = MAPPER.readTree(LiveRequests.get(server.uri(), "/history/" + id))
                    .path(id)
                    .at("/status/messages/2/1");
            assertThat(error.path("node_id").asText()).isEqualTo("5");
            assertThat(error.path("exception_type").asText()).isEqualTo("torch.OutOfMemoryError");
            assertThat(error.path("exception_message").asText()).startsWith("CUDA out of memory.\nThis error means");
        }
    }

    @Test
    void runsAScriptAroundTheNodesOwnCode() throws Exception {
        try (FakeComfyServer server = FakeComfyServer.builder()
                        .node("SaveImage", node -> {
                            node.send("game.progress", "{\"input\": " + node.input("filename_prefix") + "}");
                            node.progress(1, 1);
                            node.runNormally();
                        })
                        .build();
                LiveSocket socket = new LiveSocket(server.uri(), "c")) {
            assertThat(socket.awaitType("status")).isTrue();
            submit(server, Graphs.body(Graphs.saved(1), "c"));
            assertThat(socket.awaitEnds(1)).isTrue();
            assertThat(socket.types()).contains("game.progress", "progress", "executed");
            assertThat(server.readFile("output", "test_00001_.png")).isPresent();
        }
    }

    @Test
    void standsInForClassesThatAreOnlyKnownByTheirSchema() throws Exception {
        String info = """
                {"Dream": {"input": {"required": {"seed": ["INT", {"default": 0}]}}, "output": ["IMAGE"], "output_node": false},
                 "SaveImage": {"input": {"required": {"images": ["IMAGE"], "filename_prefix": ["STRING", {}]}}, "output": [],
                               "output_node": true}}""";
        try (FakeComfyServer server = FakeComfyServer.builder()
                .objectInfo(new ByteArrayInputStream(info.getBytes(StandardCharsets.UTF_8)))
                .build()) {
            run(server, """
                    {"1": {"class_type": "Dream", "inputs": {"seed": 3}},
                     "2": {"class_type": "SaveImage", "inputs": {"images": ["1", 0], "filename_prefix": "dream"}}}""");
            assertThat(picture(server, "dream_00001_.png").getWidth()).isEqualTo(512);
        }
    }

    @Test
    void takesAsLongAsAskedForButNotForCachedRuns() throws Exception {
        try (FakeComfyServer server =
                FakeComfyServer.builder().jobTime(Duration.ofMillis(80)).build()) {
            long start = System.nanoTime();
            run(server, Graphs.saved(1));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(80));
        }
    }

    @Test
    void countsSubmissionsAndRequests() throws Exception {
        try (FakeComfyServer server = FakeComfyServer.create()) {
            run(server, Graphs.saved(1));
            LiveRequests.get(server.uri(), "/api/queue");
            assertThat(server.submissions()).singleElement().satisfies(submission -> {
                assertThat(submission.clientId()).isEqualTo("c");
                assertThat(submission.number()).isEqualTo("0");
                assertThat(submission.graph()).contains("\"EmptyImage\"");
            });
            assertThat(server.requests()).containsEntry("POST /prompt", 1).containsEntry("GET /queue", 1);
            server.forgetRecords();
            assertThat(server.submissions()).isEmpty();
        }
    }
}
