package io.github.comfyeks.server.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.error.HttpStatusException;
import io.github.comfyeks.error.ProtocolException;
import io.github.comfyeks.error.UnsupportedByServerException;
import io.github.comfyeks.internal.ClientThreads;
import io.github.comfyeks.internal.Json;
import io.github.comfyeks.output.internal.OutputBinder;
import io.github.comfyeks.ref.PromptId;
import io.github.comfyeks.server.HistoryEntry;
import io.github.comfyeks.server.QueueSnapshot;
import io.github.comfyeks.server.QueuedPrompt;
import io.github.comfyeks.server.ServerApi;
import io.github.comfyeks.server.SystemStats;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServerApiTest {
    static final List<String> VERSIONS = Wire.VERSIONS;

    private final MockComfy comfy = new MockComfy();
    private final ClientThreads threads = new ClientThreads(1, null);
    private final ServerApi server =
            new HttpServerApi(comfy.http(), Duration.ofMinutes(1), new OutputBinder(comfy.http(), threads));

    @AfterEach
    void close() {
        comfy.close();
        threads.close();
    }

    static List<Wire.Exchange> stats() {
        return Wire.answers("GET", path -> path.equals("/system_stats"));
    }

    static List<Wire.Exchange> models() {
        return Wire.answers("GET", path -> path.startsWith("/models") || path.equals("/embeddings"));
    }

    static List<Wire.Exchange> features() {
        return Wire.answers("GET", path -> path.equals("/features"));
    }

    @ParameterizedTest
    @MethodSource("stats")
    void readsEveryRecordedStats(Wire.Exchange answer) {
        comfy.on("GET /system_stats", 200, answer.json());

        SystemStats stats = server.systemStats();

        assertThat(stats.version()).isEqualTo(answer.version());
        assertThat(stats.pytorch()).isEqualTo("2.11.0+cu130");
        assertThat(stats.python()).startsWith("3.11");
        assertThat(stats.ramTotal()).isGreaterThan(stats.ramFree());
        assertThat(stats.argv()).contains("--cpu");
        assertThat(stats.devices()).singleElement().satisfies(device -> {
            assertThat(device.type()).isEqualTo("cpu");
            assertThat(device.vramTotal()).isGreaterThan(1L << 32);
        });
    }

    @ParameterizedTest
    @MethodSource("models")
    void readsEveryRecordedListOfModels(Wire.Exchange answer) {
        comfy.on("GET " + answer.path(), 200, answer.json());

        List<String> names = answer.path().equals("/models")
                ? server.models()
                : answer.path().equals("/embeddings")
                        ? server.embeddings()
                        : server.models(answer.path().substring("/models/".length()));

        assertThat(Json.write(names)).isEqualTo(answer.json());
    }

    @ParameterizedTest
    @MethodSource("features")
    void readsEveryRecordedListOfFeatures(Wire.Exchange answer) {
        comfy.on("GET /features", 200, answer.json());

        assertThat(server.features()).containsEntry("max_upload_size", 104857600);
    }

    @Test
    void namesTheFoldersThatThereAre() {
        comfy.on("GET /models", 200, "[\"checkpoints\", \"loras\", \"vae\"]");

        assertThatThrownBy(() -> server.models("lora"))
                .isInstanceOfSatisfying(
                        HttpStatusException.class, e -> assertThat(e.status()).isEqualTo(404))
                .hasMessageContaining("\"lora\"; nearest: \"loras\" [GET /models/{folder}]");
    }

    @Test
    void withNothingAlikeNamesWhatThereIs() {
        comfy.on("GET /models", 200, "[\"checkpoints\", \"vae\"]");

        assertThatThrownBy(() -> server.models("styles"))
                .hasMessageContaining("\"styles\"; there are: \"checkpoints\", \"vae\" [GET /models/{folder}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "100% ü", "?x=#", "..%2f"})
    void sendsAnyFolderAsOneSegment(String folder) {
        comfy.on("GET /models", 200, "[]");

        assertThatThrownBy(() -> server.models(folder)).isInstanceOf(HttpStatusException.class);
        String asked = comfy.asked().get(0).substring("GET /models/".length());
        assertThat(asked).doesNotContain("/", "?", "#");
        assertThat(java.net.URLDecoder.decode(asked.replace("+", "%2B"), StandardCharsets.UTF_8))
                .isEqualTo(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".."})
    void refusesNamesThatWouldBeAnotherRoute(String name) {
        assertThatThrownBy(() -> server.models(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> server.objectInfo(name)).isInstanceOf(IllegalArgumentException.class);
        assertThat(comfy.asked()).isEmpty();
    }

    @Test
    void listsTheQueueInTheOrderInWhichItWillRun() {
        comfy.on(
                "GET /queue",
                200,
                "{\"queue_running\": [[3, \"r\", {\"1\": {}}, {}, []]],"
                        + " \"queue_pending\": [[9, \"b\", {}, {}, []], [-4, \"c\", {}, {}, []], [9, \"a\", {}, {}, []], [1, \"\"]]}");
        comfy.on("GET /prompt", 200, "{\"exec_info\": {\"queue_remaining\": 4}}");

        assertThat(server.queue())
                .isEqualTo(new QueueSnapshot(
                        List.of(prompt("r", 3)), List.of(prompt("c", -4), prompt("a", 9), prompt("b", 9))));
        assertThat(server.queueRemaining()).isEqualTo(4);
    }

    private static QueuedPrompt prompt(String id, double number) {
        return new QueuedPrompt(PromptId.of(id), number);
    }

    @ParameterizedTest
    @FieldSource("VERSIONS")
    void pagesThroughHistoryWithGraphs(String version) {
        String body = new String(Wire.history(version, "simple-run"), StandardCharsets.UTF_8);
        comfy.on("GET /history?max_items=5", 200, body);
        comfy.on("GET /history?max_items=2&offset=7", 200, body);

        HistoryEntry entry = server.history(5).get(0);

        assertThat(entry.graph()).containsKey("1");
        assertThat(server.history(2, 7)).extracting(HistoryEntry::promptId).contains(entry.promptId());
        comfy.on("GET /history/" + entry.promptId(), 200, body);
        assertThat(server.history(entry.promptId()).orElseThrow().extraData()).containsKey("client_id");
        assertThatThrownBy(() -> server.history(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> server.history(1, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysWhatAProxysPageIs() {
        comfy.on("GET /history/x", 200, "<html><title>Sign in</title></html>");
        comfy.on("GET /queue", 200, "<html>");
        comfy.on("GET /object_info", 200, "<html>");

        assertThatThrownBy(() -> server.history(PromptId.of("x"))).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(server::queue).isInstanceOf(ProtocolException.class).hasMessageContaining("[GET /queue]");
        assertThatThrownBy(server::objectInfo).isInstanceOf(ProtocolException.class);
    }

    @Test
    void sendsEachWishAsComfyuiTakesIt() {
        for (String route : List.of("/history", "/queue", "/interrupt", "/free")) {
            comfy.on("POST " + route, 200, "");
        }
        comfy.on("GET /system_stats", 200, "{\"system\": {\"comfyui_version\": \"0.3.57\"}}");

        server.deleteHistory(List.of(PromptId.of("a"), PromptId.of("b")));
        server.deleteHistory(List.of());
        server.clearHistory();
        server.deletePending(List.of(PromptId.of("a")));
        server.deletePending(List.of());
        server.clearPending();
        server.interruptWhateverRuns();
        server.interrupt(PromptId.of("a"));
        server.free(true, false);

        assertThat(comfy.asked())
                .hasSize(8)
                .startsWith(
                        "POST /history {\"delete\":[\"a\",\"b\"]}",
                        "POST /history {\"clear\":true}",
                        "POST /queue {\"delete\":[\"a\"]}",
                        "POST /queue {\"clear\":true}",
                        "POST /interrupt",
                        "GET /system_stats",
                        "POST /interrupt {\"prompt_id\":\"a\"}")
                .last()
                .asString()
                .contains("\"unload_models\":true", "\"free_memory\":false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.3.56", "0.2.99", "", "unknown"})
    void doesNotInterruptWhereItWouldHitOthers(String version) {
        comfy.on("GET /system_stats", 200, "{\"system\": {\"comfyui_version\": \"" + version + "\"}}");

        assertThatThrownBy(() -> server.interrupt(PromptId.of("a")))
                .isInstanceOf(UnsupportedByServerException.class)
                .hasMessageContaining("0.3.57");
        assertThat(comfy.asked()).containsExactly("GET /system_stats");
    }

    @Test
    void deletesAllPendingOnesThoughTwinsBreakTheList() {
        AtomicInteger deletions = new AtomicInteger();
        comfy.on("POST /queue", body -> MockComfy.answer(deletions.incrementAndGet() < 3 ? 500 : 200, ""));
        comfy.on("GET /queue", 200, "{\"queue_running\": [], \"queue_pending\": [[1, \"twin\"]]}");

        server.deletePending(List.of(PromptId.of("a"), PromptId.of("b")));

        assertThat(comfy.asked())
                .containsExactly(
                        "POST /queue {\"delete\":[\"a\",\"b\"]}",
                        "POST /queue {\"delete\":[\"a\"]}",
                        "POST /queue {\"delete\":[\"b\"]}",
                        "GET /queue");
    }

    @Test
    void saysWhichPendingOneCouldNotBeDeleted() {
        comfy.on("POST /queue", 500, "");
        comfy.on("GET /queue", 200, "{\"queue_running\": [], \"queue_pending\": [[1, \"b\"]]}");

        assertThatThrownBy(() -> server.deletePending(List.of(PromptId.of("a"), PromptId.of("b"))))
                .isInstanceOf(HttpStatusException.class)
                .hasMessageContaining("out of its queue b;");
    }

    @Test
    void keepsTheNodeClassesForAWhile() {
        comfy.on("GET /object_info", 200, "{\"A\": {\"display_name\": \"a\"}}");
        comfy.on("GET /object_info/A", 200, "{\"A\": {}}");
        comfy.on("GET /object_info/B", 200, "{}");

        assertThat(server.objectInfo("A")).isPresent();
        assertThat(server.objectInfo("B")).isEmpty();
        assertThat(server.objectInfo().find("A")).isPresent();
        assertThat(server.objectInfo("A")).isPresent();
        assertThat(server.objectInfo("B")).isEmpty();
        assertThat(server.objectInfo()).isSameAs(server.objectInfo());
        assertThat(comfy.asked()).containsExactly("GET /object_info/A", "GET /object_info/B", "GET /object_info");

        comfy.clock.sleep(Duration.ofSeconds(61));
        server.objectInfo();
        server.refreshObjectInfo();
        assertThat(comfy.asked()).hasSize(5);
    }
}
