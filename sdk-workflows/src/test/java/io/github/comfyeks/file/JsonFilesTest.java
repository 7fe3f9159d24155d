package io.github.comfyeks.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.error.LocalFileException;
import io.github.comfyeks.error.WorkflowInvalidException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JSON of all kinds. */
class JsonFilesTest {
    private static final String API =
            "{\"1\": {\"class_type\": \"EmptyImage\", \"inputs\": {\"width\": 16, \"scale\": NaN}}}";
    private static final String UI_1_0 = """
            {"version": 1, "state": {"lastNodeId": 2}, "nodes": [{"id": 1, "type": "EmptyImage"}],
             "links": [{"id": 1, "origin_id": 1, "origin_slot": 0, "target_id": 2, "target_slot": 0, "type": "IMAGE"}]}
            """;

    private static WorkflowFile read(String json) {
        return WorkflowFile.read(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void knowsTheApiFormat() {
        WorkflowFile file = read(API);

        assertThat(file.format()).isEqualTo(FileFormat.API_JSON);
        assertThat(file.workflow().node("1").classType()).isEqualTo("EmptyImage");
        assertThat(file.uiWorkflow()).isEmpty();
        assertThat(file).hasToString("the bytes: API-format JSON with a prompt of 1 nodes");
    }

    @Test
    void readsPythonsNumbersThatAreNone() {
        assertThat(read(API).workflow().node("1").inputs()).containsEntry("scale", Double.NaN);
        assertThat(read("{\"nodes\": [], \"extra\": [-Infinity, Infinity]}")
                        .uiWorkflow()
                        .orElseThrow())
                .containsEntry("extra", List.of(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
    }

    @Test
    void keepsIntegersOfAnySize() {
        assertThat(read("{\"nodes\": [7, 4294967296, 18446744073709551615]}")
                        .uiWorkflow()
                        .orElseThrow())
                .containsEntry("nodes", List.of(7L, 4294967296L, new java.math.BigInteger("18446744073709551615")));
    }

    @Test
    void knowsTheBodyOfAPrompt() {
        WorkflowFile file = read("{\"client_id\": \"x\", \"prompt\": " + API
                + ", \"extra_data\": {\"extra_pnginfo\": {\"workflow\": " + UI_1_0 + "}}}");

        assertThat(file.format()).isEqualTo(FileFormat.API_JSON);
        assertThat(file.workflow().nodes()).containsOnlyKeys("1");
        assertThat(file.uiWorkflow().orElseThrow()).containsEntry("version", 1L);
        assertThat(file.workflow().uiWorkflow()).isEqualTo(file.uiWorkflow());
    }

    @Test
    void knowsTheEditorsFormatOfEitherVersion() {
        assertThat(read(UI_1_0).format()).isEqualTo(FileFormat.UI_JSON);
        assertThat(read(UI_1_0).uiWorkflow().orElseThrow()).containsEntry("version", 1L);
        WorkflowFile old = WorkflowFile.read(Samples.path("comfyui/workflow.json"));
        assertThat(old.format()).isEqualTo(FileFormat.UI_JSON);
        assertThat(old.uiWorkflow().orElseThrow()).containsEntry("version", 0.4);
        assertThat(old.prompt()).isEmpty();
        assertThatThrownBy(old::workflow)
                .isInstanceOf(WorkflowInvalidException.class)
                .hasMessageEndingWith("convert it with WorkflowConverter");
    }

    @Test
    void findsTheGraphInTheRecordOfARun() {
        WorkflowFile file = read("{\"promptId\": \"a\", \"seeds\": [], \"workflow\": " + API + "}");

        assertThat(file.format()).isEqualTo(FileFormat.JSON);
        assertThat(file.workflow().nodes()).containsOnlyKeys("1");
    }

    @Test
    void findsWhatIsWrittenAsJsonInATextInJson() {
        String inner = API.replace("\"", "\\\"");

        assertThat(read("{\"prompt\": \"" + inner + "\", \"workflow\": " + UI_1_0 + "}")
                        .workflow()
                        .nodes())
                .containsOnlyKeys("1");
    }

    @Test
    void readsEveryEncodingThatEditorsSaveIn() {
        for (String marked : List.of(API, "\uFEFF" + API, "\r\n  " + API)) {
            assertThat(read(marked).workflow().nodes()).hasSize(1);
        }
        for (String marked : List.of(API, "\uFEFF" + API)) {
            assertThat(WorkflowFile.read(marked.getBytes(StandardCharsets.UTF_16LE))
                            .workflow()
                            .nodes())
                    .hasSize(1);
            assertThat(WorkflowFile.read(marked.getBytes(StandardCharsets.UTF_16BE))
                            .workflow()
                            .nodes())
                    .hasSize(1);
        }
        assertThatThrownBy(() -> WorkflowFile.read("{\"a\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(WorkflowInvalidException.class)
                .hasMessageContaining("no UTF-8");
    }

    @Test
    void givesAnInvalidPromptAsDataAndSaysWhatIsWrongWithIt() {
        WorkflowFile file = read(
                "{\"1\": {\"class_type\": \"SaveImage\", \"inputs\": {\"images\": [\"9\", 0]}}, \"meta\": \"no node\"}");

        assertThat(file.prompt()).isEmpty();
        assertThat(file.promptData().orElseThrow()).containsOnlyKeys("1", "meta");
        assertThat(file.problems()).hasSize(2);
        assertThatThrownBy(file::workflow)
                .isInstanceOf(WorkflowInvalidException.class)
                .hasMessageContaining("links to node \"9\"");
    }

    @Test
    void saysWhatOtherJsonHolds() {
        refused(() -> read("{\"name\": \"x\", \"age\": 3}"), "no workflow in this JSON", "its keys are name, age");
        refused(() -> read("{}"), "its keys are none");
        refused(() -> read("[1, 2]"), "this is a list");
        refused(() -> read("{\"1\": "), "no JSON at line 1, column");
        refused(() -> read("{\"nodes\": []} x"), "no JSON");
        refused(() -> read("{\"nodes\": [], \"nodes\": []}"), "the key 'nodes' stands twice", "line 1");
        refused(() -> read("{\"prompt\": \"a castle\"}"), "its keys are prompt");
        refused(() -> read(""), "the file is empty");
    }

    @Test
    void saysWhatOtherFilesAre() {
        refused(() -> read("GIF89a"), "a GIF image");
        refused(() -> read("PK\u0003\u0004"), "unpack it first");
        refused(() -> read("hello"), "begins with the bytes 68 65 6c 6c 6f");
        refused(() -> read("<!DOCTYPE html><html>"), "begins with the bytes");
    }

    @Test
    void missingFilesAndFoldersAreErrorsOfTheLocalFile(@TempDir Path folder) {
        assertThatThrownBy(() -> WorkflowFile.read(folder.resolve("none.png")))
                .isInstanceOf(LocalFileException.class)
                .hasMessageContaining("there is no file")
                .hasMessageContaining("none.png");
        assertThatThrownBy(() -> WorkflowFile.read(folder))
                .isInstanceOf(LocalFileException.class)
                .hasMessageContaining("is a folder");
    }

    @Test
    void dataCannotBeChanged() {
        Map<String, ?> ui = read(UI_1_0).uiWorkflow().orElseThrow();

        assertThatThrownBy(ui::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThat(ui.get("nodes")).isInstanceOfSatisfying(List.class, nodes -> assertThatThrownBy(nodes::clear)
                .isInstanceOf(UnsupportedOperationException.class));
    }

    private static void refused(ThrowingCallable reading, String... words) {
        assertThatThrownBy(reading).isInstanceOf(WorkflowInvalidException.class).hasMessageContainingAll(words);
    }
}
