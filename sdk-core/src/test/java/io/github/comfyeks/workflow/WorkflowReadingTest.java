package io.github.comfyeks.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.comfyeks.error.WorkflowInvalidException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkflowReadingTest {
    private static final String GOOD = "{\"1\": {\"class_type\": \"A\", \"inputs\": {\"t\": \"ü\"}}}";

    @TempDir
    Path folder;

    private static WorkflowInvalidException invalid(ThrowingCallable call) {
        return catchThrowableOfType(WorkflowInvalidException.class, call);
    }

    private static List<String> problems(String json) {
        return invalid(() -> Workflow.parse(json)).problems();
    }

    @Test
    void readsAFileInUtf8OrUtf16WithAByteOrderMarkOrWithout() throws IOException {
        Workflow expected = Workflow.parse(GOOD);
        Path file = folder.resolve("w.json");
        for (byte[] bytes : List.of(
                GOOD.getBytes(StandardCharsets.UTF_8),
                ("\uFEFF" + GOOD).getBytes(StandardCharsets.UTF_8),
                ("\uFEFF" + GOOD).getBytes(StandardCharsets.UTF_16LE))) {
            Files.write(file, bytes);
            assertThat(Workflow.read(file)).isEqualTo(expected);
        }
        assertThat(Workflow.parse("\uFEFF" + GOOD)).isEqualTo(expected);
    }

    @Test
    void aMissingFileAFolderAndAnImageAreNamed() throws IOException {
        assertThat(invalid(() -> Workflow.read(folder.resolve("no.json"))))
                .hasMessageContaining("no.json: there is no such file");
        assertThat(invalid(() -> Workflow.read(folder))).hasMessageContaining("this is a folder");
        Path png = Files.write(folder.resolve("a.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0});
        assertThat(invalid(() -> Workflow.read(png))).hasMessageContaining("PNG image");
    }

    @Test
    void aFileOver64MebibytesIsRefused() throws IOException {
        Path file = folder.resolve("big.json");
        try (var out = Files.newByteChannel(
                file, java.nio.file.StandardOpenOption.CREATE_NEW, java.nio.file.StandardOpenOption.WRITE)) {
            out.position(64L << 20).write(java.nio.ByteBuffer.wrap(new byte[] {1}));
        }
        assertThat(invalid(() -> Workflow.read(file))).hasMessageContaining("larger than 64 MiB");
    }

    @Test
    void brokenJsonNamesLineAndColumn() {
        assertThat(problems("{\n \"1\": {,}}")).singleElement().asString().startsWith("not JSON at line 2, column 8");
        assertThat(problems("")).singleElement().asString().startsWith("not JSON");
        assertThat(problems(GOOD + "}")).singleElement().asString().startsWith("not JSON");
    }

    @Test
    void aKeyThatStandsTwiceIsNamed() {
        assertThat(problems("{\"1\": {\"class_type\": \"A\", \"class_type\": \"B\"}}"))
                .singleElement()
                .asString()
                .startsWith("the key 'class_type' stands twice in one object at line 1");
    }

    @Test
    void deepNestingIsRefusedAndDoesNotOverflowTheStack() {
        String deep = "[".repeat(900) + "]".repeat(900);
        assertThat(problems("{\"1\": {\"class_type\": \"A\", \"inputs\": {\"x\": " + deep + "}}}"))
                .singleElement()
                .asString()
                .contains("nested deeper than 500 levels");
        assertThat(problems("[".repeat(100_000))).singleElement().asString().startsWith("not JSON");
    }

    @Test
    void theEditorsFormatSaysHowToExport() {
        assertThat(problems("{\"nodes\": [], \"links\": [], \"version\": 0.4}"))
                .singleElement()
                .asString()
                .contains("\"Export (API)\"");
    }

    @Test
    void theBodyOfASubmissionIsUnwrapped() {
        Workflow workflow = Workflow.parse(
                "{\"prompt\": " + GOOD + ", \"extra_data\": {\"extra_pnginfo\": {\"workflow\": {\"id\": \"x\"}}}}");
        assertThat(workflow.nodes()).containsOnlyKeys("1");
        assertThat(workflow.uiWorkflow()).contains(Map.of("id", "x"));
        assertThat(Workflow.parse("{\"prompt\": " + GOOD + "}").uiWorkflow()).isEmpty();
    }

    @Test
    void allProblemsComeAtOnce() {
        assertThat(problems("""
                        {"1": {"inputs": {}},
                         "2": {"class_type": "B", "inputs": []},
                         "3": 7,
                         "4": {"class_type": "C", "inputs": {"a": ["9", 0], "b": ["1", 0], "c": ["4", -1], "d": [4, 0]}}}
                        """))
                .containsExactly(
                        "node 1 has no class_type",
                        "node 2 (B) has inputs that are no object but a list",
                        "node 3 is no object but the value \"7\"",
                        "node 4 (C) a: links to node \"9\", which is not in the workflow; there are: \"1\", \"2\", \"3\", \"4\"",
                        "node 4 (C) c: links to output -1 of node \"4\"; outputs count from 0",
                        "node 4 (C) d: the node id of a link is text: write [\"4\", 0]");
    }

    @Test
    void anEmptyGraphAndOtherJsonAreNoWorkflow() {
        assertThat(problems("{}")).containsExactly("the workflow has no nodes");
        assertThat(problems("[]")).containsExactly("a workflow is a JSON object of nodes, this is a list");
        assertThat(problems("null")).singleElement().asString().contains("this is null");
    }

    @Test
    void missingInputsAreNone() {
        assertThat(Workflow.parse("{\"1\": {\"class_type\": \"A\"}}").toJson())
                .isEqualTo("{\"1\":{\"class_type\":\"A\",\"inputs\":{}}}");
    }

    @Test
    void twoNodesWithOneIdAreRefused() {
        WorkflowNode node = WorkflowNode.of("1", "A", Map.of());
        assertThat(invalid(() -> Workflow.of(List.of(node, node))).problems())
                .containsExactly("two nodes have the id \"1\"");
    }
}
