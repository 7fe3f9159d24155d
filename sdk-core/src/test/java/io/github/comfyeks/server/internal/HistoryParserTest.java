package io.github.comfyeks.server.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.error.NodeFailure;
import io.github.comfyeks.error.ProtocolException;
import io.github.comfyeks.server.HistoryEntry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryParserTest {
    static final List<String> VERSIONS = Wire.VERSIONS;

    static List<Wire.Exchange> answers() {
        return Wire.answers("GET", path -> path.startsWith("/history"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void readsEveryRecordedAnswer(Wire.Exchange answer) throws IOException {
        assertThat(HistoryParser.entries(new ByteArrayInputStream(answer.body()), true))
                .allSatisfy(entry -> assertThat(entry.statusText()).isIn("success", "error"));
    }

    @ParameterizedTest
    @FieldSource("VERSIONS")
    void findsOutputsTimesAndGraphOfAGoodRun(String version) throws IOException {
        byte[] body = Wire.history(version, "simple-run");
        HistoryEntry whole = entries(body, true).get(0);

        assertThat(whole.isSuccess()).isTrue();
        assertThat(whole.completed()).isTrue();
        assertThat(whole.failure()).isEmpty();
        assertThat(whole.isInterrupted()).isFalse();
        assertThat(whole.outputs()).containsOnlyKeys("3", "4");
        assertThat(whole.startedAt()).isPresent();
        assertThat(whole.endedAt().orElseThrow())
                .isAfterOrEqualTo(whole.startedAt().orElseThrow());
        assertThat(whole.number()).isEqualTo(1201);
        assertThat(whole.graph()).containsKeys("1", "5");
        assertThat(whole.extraData()).containsKey("client_id");
        assertThat(whole.targets()).containsExactlyInAnyOrder("3", "4", "5");
        assertThat(whole.meta()).containsKey("4");

        HistoryEntry lean = HistoryParser.entry(body, whole.promptId().value()).orElseThrow();
        assertThat(lean.graph()).isEmpty();
        assertThat(lean.extraData()).isEmpty();
        assertThat(lean.outputs()).containsOnlyKeys("3", "4");
        assertThat(lean.messages()).isEqualTo(whole.messages());
    }

    @ParameterizedTest
    @FieldSource("VERSIONS")
    void tellsWhichNodeFailed(String version) throws IOException {
        HistoryEntry entry =
                entries(Wire.history(version, "node-raises"), false).get(0);

        assertThat(entry.isSuccess()).isFalse();
        assertThat(entry.isInterrupted()).isFalse();
        NodeFailure failure = entry.failure().orElseThrow();
        assertThat(failure.nodeType()).isEqualTo("ProbeFail");
        assertThat(failure.exceptionType()).isEqualTo("RuntimeError");
        assertThat(failure.traceback()).isNotEmpty();
        assertThat(failure.currentInputs()).containsKey("kind");
        assertThat(entry.endedAt()).isPresent();
    }

    @ParameterizedTest
    @FieldSource("VERSIONS")
    void tellsAnInterruptedRunFromAFailedOne(String version) throws IOException {
        HistoryEntry entry =
                entries(Wire.history(version, "interrupted-running"), false).get(0);

        assertThat(entry.statusText()).isEqualTo("error");
        assertThat(entry.isInterrupted()).isTrue();
        assertThat(entry.isSuccess()).isFalse();
        assertThat(entry.failure()).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("VERSIONS")
    void countsARunWithABlockedOutputAsSuccess(String version) throws IOException {
        assertThat(entries(Wire.history(version, "execution-blocked"), false))
                .allSatisfy(entry -> assertThat(entry.isSuccess()).isTrue());
    }

    @Test
    void hasNoEntryWhileTheRunGoesOn() {
        assertThat(HistoryParser.entry(utf8("{}"), "x")).isEmpty();
    }

    @Test
    void survivesAnEntryWithoutStatusOrWithHalfOfIt() throws IOException {
        String json = "{\"a\": {\"prompt\": null, \"outputs\": {\"1\": {}}, \"status\": null},"
                + " \"b\": {\"outputs\": null, \"status\": {\"status_str\": \"error\", \"messages\": []}},"
                + " \"c\": {\"later\": [1, {\"x\": []}]}, \"d\": null, \"\": {}}";

        List<HistoryEntry> entries = entries(utf8(json), true);

        assertThat(entries).extracting(entry -> entry.promptId().value()).containsExactly("a", "b", "c");
        assertThat(entries).extracting(HistoryEntry::isSuccess).containsExactly(true, false, false);
        assertThat(entries).extracting(HistoryEntry::isInterrupted).containsOnly(false);
        assertThat(entries)
                .allSatisfy(entry -> assertThat(entry.failure()).isEmpty())
                .allSatisfy(entry -> assertThat(entry.endedAt()).isEmpty());
    }

    @Test
    void readsPythonsNan() throws IOException {
        String json =
                "{\"a\": {\"prompt\": [1.5, \"a\", {\"1\": {\"inputs\": {\"cfg\": NaN, \"x\": -Infinity}}}, {}, []],"
                        + " \"outputs\": {\"1\": {\"values\": [NaN]}}, \"status\": {\"status_str\": \"success\"}}}";

        HistoryEntry entry = entries(utf8(json), true).get(0);

        assertThat(entry.number()).isEqualTo(1.5);
        assertThat(entry.graph().get("1")).isInstanceOf(Map.class).asString().contains("cfg=NaN", "x=-Infinity");
    }

    @Test
    void ignoresABlockedOutputWhenItTellsWhatFailed() throws IOException {
        String json = "{\"a\": {\"status\": {\"status_str\": \"error\", \"messages\": ["
                + "[\"execution_error\", {\"node_id\": 4, \"exception_type\": \"ValueError\", \"exception_message\": null}],"
                + "[\"execution_error\", {\"node_id\": \"5\", \"exception_type\": \"ExecutionBlocked\"}], [], \"odd\", [7]]}}}";

        NodeFailure failure = entries(utf8(json), false).get(0).failure().orElseThrow();

        assertThat(failure.nodeId()).isEqualTo("4");
        assertThat(failure.exceptionMessage()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><title>502 Bad Gateway</title></html>",
                "",
                "[]",
                "\"x\"",
                "{\"a\": {\"outputs\": {",
                "{\"a\": {}"
            })
    void refusesWhatIsNoHistory(String body) {
        assertThatThrownBy(() -> HistoryParser.entry(utf8(body), "a"))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("[GET /history/{id}]");
    }

    private static List<HistoryEntry> entries(byte[] body, boolean withGraph) throws IOException {
        return HistoryParser.entries(new ByteArrayInputStream(body), withGraph);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
