package io.github.comfyeks.execution.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.comfyeks.execution.ExecutionEvent;
import io.github.comfyeks.internal.Json;
import io.github.comfyeks.output.NodeOutput;
import io.github.comfyeks.ref.ExecutionState;
import io.github.comfyeks.server.internal.HistoryParser;
import io.github.comfyeks.socket.internal.Message;
import io.github.comfyeks.socket.internal.MessageDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What servers of three versions said, word for word, given to the runs as the client would give it. */
class RecordedRunsTest {
    private static final List<String> VERSIONS = List.of("0.3.64", "0.8.0", "0.33.0");

    /** One run of a recording: what it heard, and its end after the looks that its hints ask for. */
    private static final class Heard {
        final ExecutionTracker tracker = new ExecutionTracker();
        final RunProgress progress = new RunProgress(null);
        final Consumers consumers = new Consumers(Runnable::run);
        final List<ExecutionEvent> events = new ArrayList<>();
        final Map<String, NodeOutput> outputs = new LinkedHashMap<>();
        boolean endedBeforeLook;
        boolean inHistory;

        Heard() {
            consumers.listen(events::add);
        }
    }

    static Stream<Arguments> runs() {
        return VERSIONS.stream()
                .flatMap(version -> Stream.of(
                        Arguments.of(version, "simple-run", ExecutionState.SUCCEEDED),
                        Arguments.of(version, "cached-run", ExecutionState.SUCCEEDED),
                        Arguments.of(version, "execution-blocked", ExecutionState.SUCCEEDED),
                        Arguments.of(version, "subgraph-expansion", ExecutionState.SUCCEEDED),
                        Arguments.of(version, "subgraph-expansion-fails", ExecutionState.FAILED),
                        Arguments.of(version, "custom-events", ExecutionState.SUCCEEDED),
                        Arguments.of(version, "previews-type1", ExecutionState.SUCCEEDED),
                        Arguments.of(version, "previews-type4", ExecutionState.SUCCEEDED),
                        Arguments.of(version, "text-frame", ExecutionState.SUCCEEDED),
                        Arguments.of(version, "async-nodes", ExecutionState.SUCCEEDED),
                        Arguments.of(version, "lazy-inputs", ExecutionState.SUCCEEDED),
                        Arguments.of(version, "node-raises", ExecutionState.FAILED),
                        Arguments.of(version, "node-raises-cudaoom", ExecutionState.FAILED),
                        Arguments.of(version, "interrupted-running", ExecutionState.INTERRUPTED)));
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("runs")
    void aRecordedRunEndsAsItDidAndOnlyByHistory(String version, String scenario, ExecutionState end)
            throws IOException {
        Map<String, Heard> runs = replay(version, scenario, null);

        List<Heard> recorded =
                runs.values().stream().filter(run -> run.inHistory).toList();
        assertThat(recorded).isNotEmpty();
        recorded.forEach(run -> {
            assertThat(run.endedBeforeLook).as("no event ends a run by itself").isFalse();
            assertThat(run.tracker.state()).isEqualTo(end);
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("versions")
    void anInterruptThatComesTooLateEndsInSuccess(String version) throws IOException {
        List<ExecutionState> ends = replay(version, "interrupt-arrives-too-late", null).values().stream()
                .map(run -> run.tracker.state())
                .toList();

        assertThat(ends).startsWith(ExecutionState.INTERRUPTED, ExecutionState.SUCCEEDED);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("versions")
    void aBlockedOutputIsToldAndDoesNotEndTheRun(String version) throws IOException {
        Heard run =
                replay(version, "execution-blocked", null).values().iterator().next();

        assertThat(run.events).anySatisfy(event -> assertThat(event).isInstanceOf(ExecutionEvent.NodeBlocked.class));
        assertThat(run.tracker.state()).isEqualTo(ExecutionState.SUCCEEDED);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("versions")
    void aRunOnAServerThatIsKilledIsLostAfterTwoLooks(String version) throws IOException {
        Heard run = replay(version, "server-terminated-mid-run", null)
                .values()
                .iterator()
                .next();
        assertThat(run.tracker.state()).isEqualTo(ExecutionState.RUNNING);

        run.tracker.on(Signal.Simple.GAP, 0);
        run.tracker.on(Signal.Simple.ABSENT, 0);
        assertThat(run.tracker.state()).isEqualTo(ExecutionState.RUNNING);
        run.tracker.on(Signal.Simple.ABSENT, ExecutionTracker.ABSENCE.toNanos());

        assertThat(run.tracker.state()).isEqualTo(ExecutionState.LOST);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("versions")
    void twoClientsHearOnlyTheirOwnRuns(String version) throws IOException {
        Map<String, Heard> first = replay(version, "two-clients-overlap", "a");
        Map<String, Heard> second = replay(version, "two-clients-overlap", "b");

        assertThat(first.keySet()).hasSize(2).doesNotContainAnyElementsOf(second.keySet());
        assertThat(second.keySet()).hasSize(2);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("versions")
    void aDuplicateIsOneRunForUsAndEndsOnce(String version) throws IOException {
        replay(version, "duplicate-prompt-id", null).values().forEach(run -> {
            long lastOnes = run.events.stream().filter(ExecutionEvent::isLast).count();
            assertThat(lastOnes).as("the tracker alone ends runs").isZero();
            assertThat(run.endedBeforeLook).isFalse();
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("versions")
    void eventsOfAPromptWithoutClientNameThatPromptAndNoneOfOurs(String version) throws IOException {
        for (JsonNode frame : recording(version, "prompt-without-client-id").path("websocket")) {
            Message message = decode(frame);
            if (message instanceof Message.NodeProgress || message instanceof Message.Interrupted) {
                assertThat(message.promptId())
                        .as("so a client can tell that it is not its own")
                        .isNotNull();
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("versions")
    void imagesOfSaveImageWebsocketComeAsPreviewsOfItsNode(String version) throws IOException {
        List<Message.Preview> images = new ArrayList<>();
        for (JsonNode frame : recording(version, "save-image-websocket").path("websocket")) {
            if (decode(frame) instanceof Message.Preview preview) {
                images.add(preview);
            }
        }

        assertThat(images).isNotEmpty().allSatisfy(image -> assertThat(image.mediaType())
                .isEqualTo("image/png"));
    }

    static Stream<String> versions() {
        return VERSIONS.stream();
    }

    private static Map<String, Heard> replay(
            String version, String scenario, @org.jspecify.annotations.Nullable String socket) throws IOException {
        JsonNode recording = recording(version, scenario);
        Map<String, Heard> runs = new LinkedHashMap<>();
        for (JsonNode frame : recording.path("websocket")) {
            if (socket != null && !frame.path("socket").asText().equals(socket)) {
                continue;
            }
            Message message = decode(frame);
            if (message == null || message.promptId() == null) {
                continue;
            }
            Heard run = runs.computeIfAbsent(Objects.requireNonNull(message.promptId()), id -> new Heard());
            long now = Duration.ofMillis(frame.path("at_ms").asLong()).toNanos();
            Signal signal = MessageHandler.apply(
                    message,
                    run.progress,
                    run.consumers,
                    run.outputs,
                    output -> output,
                    now,
                    () -> run.progress.snapshot(false, java.util.OptionalInt.empty()));
            if (signal != null) {
                run.tracker.on(signal, now);
            }
            run.endedBeforeLook |= run.tracker.verdict() != null;
        }
        Map<String, Heard> known = new HashMap<>(runs);
        recording.path("history").properties().forEach(entry -> {
            Heard run = known.get(entry.getKey());
            if (run != null) {
                run.inHistory = true;
                assertThat(run.tracker.lookAt()).as("the events ask for a look").isNotEqualTo(ExecutionTracker.NEVER);
                HistoryParser.entry(Json.writeBytes(Map.of(entry.getKey(), entry.getValue())), entry.getKey())
                        .ifPresent(found -> run.tracker.on(new Signal.Ended(found), run.tracker.lookAt()));
            }
        });
        return runs;
    }

    private static @org.jspecify.annotations.Nullable Message decode(JsonNode frame) {
        if (frame.has("text")) {
            byte[] text = Json.writeBytes(frame.get("text"));
            return MessageDecoder.text(text, 0, text.length);
        }
        if (!frame.has("binary_hex")) {
            return null;
        }
        byte[] bytes = HexFormat.of().parseHex(frame.get("binary_hex").asText());
        byte[] whole = java.util.Arrays.copyOf(bytes, frame.path("length").asInt(bytes.length));
        return headerIsWhole(bytes) ? MessageDecoder.binary(java.nio.ByteBuffer.wrap(whole)) : null;
    }

    /** Of long frames the recordings keep 64 bytes: of type 4 that may be less than its JSON. */
    private static boolean headerIsWhole(byte[] bytes) {
        java.nio.ByteBuffer buffer = java.nio.ByteBuffer.wrap(bytes);
        return buffer.getInt() != 4 || buffer.getInt() + 8 <= bytes.length;
    }

    private static JsonNode recording(String version, String scenario) throws IOException {
        String path = "/wire/" + version + "/" + scenario + ".json";
        try (InputStream in = Objects.requireNonNull(RecordedRunsTest.class.getResourceAsStream(path), path)) {
            return Json.tree(in.readAllBytes());
        }
    }
}
