package io.github.comfyeks.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.error.WorkflowInvalidException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkflowTest {
    private static final Workflow TWO = Workflow.parse("""
            {"10": {"class_type": "KSampler", "inputs": {"seed": 18446744073709551615, "cfg": 7.0, "model": ["2", 0]},
                    "_meta": {"title": "sampler"}},
             "2": {"inputs": {"text": "a castle", "flag": true, "none": null}, "class_type": "Loader", "is_changed": 1}}
            """);

    @Test
    void readsNodesInOrderOfTheirIds() {
        assertThat(TWO.nodes().keySet()).containsExactly("2", "10");
        assertThat(TWO.node("10").title()).isEqualTo("sampler");
        assertThat(TWO.node("2").inputs()).containsEntry("text", "a castle").containsEntry("none", null);
    }

    @Test
    void readsLinks() {
        assertThat(TWO.node("10").link("model")).contains(new Link("2", 0));
        assertThat(TWO.node("10").link("cfg")).isEmpty();
        assertThat(TWO.node("10").links()).containsOnlyKeys("model");
    }

    @Test
    void integersBeyondALongSurviveReadingAndWriting() {
        assertThat(TWO.seeds()).containsExactly(new Seed("10", "seed", new BigInteger("18446744073709551615")));
        assertThat(Workflow.parse(TWO.toJson())).isEqualTo(TWO);
        assertThat(TWO.toJson()).contains("18446744073709551615", "\"cfg\":7.0");
    }

    @Test
    void nanIsReadAndWrittenAsPythonDoes() {
        Workflow nan = Workflow.parse("{\"1\": {\"class_type\": \"A\", \"inputs\": {\"x\": NaN, \"y\": -Infinity}}}");
        assertThat(nan.node("1").inputs()).containsEntry("x", Double.NaN);
        assertThat(nan.toJson()).contains("\"x\":NaN", "\"y\":-Infinity");
        assertThat(Workflow.parse(nan.toJson())).isEqualTo(nan);
    }

    @Test
    void equalWorkflowsHaveEqualJsonWhateverTheOrderTheyWereWrittenIn() {
        Workflow other = Workflow.parse("""
                {"2": {"class_type": "Loader", "inputs": {"none": null, "flag": true, "text": "a castle"}},
                 "10": {"inputs": {"cfg": 7.0, "model": ["2", 0], "seed": 18446744073709551615},
                        "class_type": "KSampler", "_meta": {"title": "sampler"}}}
                """);
        assertThat(other).isEqualTo(TWO).hasSameHashCodeAs(TWO);
        assertThat(other.toJson()).isEqualTo(TWO.toJson());
    }

    @Test
    void aJavaIntegerEqualsTheSameNumberReadFromAFile() {
        Workflow read = Workflow.parse("{\"1\": {\"class_type\": \"A\", \"inputs\": {\"seed\": 5}}}");
        assertThat(Workflow.of(Map.of("1", Map.of("class_type", "A", "inputs", Map.of("seed", 5)))))
                .isEqualTo(read);
        assertThat(read.withInput("1", "seed", (short) 5)).isSameAs(read);
    }

    @Test
    void withInputChangesACopy() {
        Workflow changed = TWO.withInput("2", "text", "a bridge");
        assertThat(changed.node("2").inputs()).containsEntry("text", "a bridge");
        assertThat(TWO.node("2").inputs()).containsEntry("text", "a castle");
        assertThat(changed.node("10")).isSameAs(TWO.node("10"));
        assertThat(changed).isNotEqualTo(TWO);
    }

    @Test
    void aMistypedNodeOrInputNamesTheNearest() {
        assertThatThrownBy(() -> TWO.withInput("11", "cfg", 1)).hasMessageContaining("no node \"11\"; nearest: \"10\"");
        assertThatThrownBy(() -> TWO.withInput("2", "txt", 1))
                .hasMessageContaining("node 2 (Loader) has no input \"txt\"; nearest: \"text\"");
    }

    @Test
    void severalNodesOfOneTitleOrClassAreAllFound() {
        Workflow twins = Workflow.of(List.of(
                WorkflowNode.of("1", "Text", Map.of("text", "a"), "positive"),
                WorkflowNode.of("2", "Text", Map.of("text", "b"), "positive")));
        assertThat(twins.findByTitle("positive")).hasSize(2);
        assertThat(twins.findByClass("Text")).hasSize(2);
        assertThat(twins.find("3")).isEmpty();
    }

    @Test
    void aPathIsNoValue() {
        assertThatThrownBy(() -> TWO.withInput("2", "text", Path.of("knight.png")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("knight.png; upload the file");
    }

    @Test
    void withAddedInputAddsAnOptionalInputAndWithoutInputTakesItAway() {
        Workflow added = TWO.withAddedInput("2", "strength", 0.5f);
        assertThat(added.node("2").inputs()).containsEntry("strength", 0.5);
        assertThat(added.withoutInput("2", "strength")).isEqualTo(TWO);
        assertThat(TWO.withoutInput("2", "strength")).isSameAs(TWO);
    }

    @Test
    void aLinkAsValueMustLeadToANode() {
        assertThat(TWO.withInput("2", "text", new Link("10", 1)).node("2").link("text"))
                .contains(new Link("10", 1));
        assertThatThrownBy(() -> TWO.withInput("2", "text", List.of("7", 0)))
                .isInstanceOf(WorkflowInvalidException.class)
                .hasMessageContaining("links to node \"7\", which is not in the workflow");
    }

    @Test
    void aListAsValueIsWrappedAsTheServerWantsIt() {
        assertThat(TWO.withInput("2", "text", List.of("a", "b", "c")).node("2").inputs())
                .containsEntry("text", Map.of("__value__", List.of("a", "b", "c")));
        assertThat(TWO.withInput("2", "text", List.of(1, 2)).node("2").inputs())
                .containsEntry("text", Map.of("__value__", List.of(1L, 2L)));
    }

    @Test
    void aValueThatIsNoJsonDataIsRefused() {
        assertThatThrownBy(() -> TWO.withInput("2", "text", new Object()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.Object");
    }

    @Test
    void valuesGivenAreCopied() {
        Map<String, Object> options = new HashMap<>(Map.of("a", 1));
        Workflow changed = TWO.withInput("2", "text", options);
        String before = changed.toJson();
        options.put("b", 2);
        assertThat(changed.node("2").inputs().get("text")).isEqualTo(Map.of("a", 1L));
        assertThat(changed.toJson()).isEqualTo(before);
        assertThatThrownBy(() -> changed.node("2").inputs().put("x", 1))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void theEditorsFormatTravelsBesideTheGraph() {
        Workflow with = TWO.withUiWorkflow(Map.of("nodes", Arrays.asList(1, null)));
        assertThat(with.uiWorkflow()).contains(Map.of("nodes", Arrays.asList(1L, null)));
        assertThat(with.withInput("2", "text", "").uiWorkflow()).isPresent();
        assertThat(with.toJson()).isEqualTo(TWO.toJson());
        assertThat(with).isNotEqualTo(TWO);
    }

    @Test
    void withNodeAddsOrReplaces() {
        assertThat(TWO.withNode(WorkflowNode.of("3", "Save", Map.of("images", new Link("10", 0))))
                        .nodes())
                .containsOnlyKeys("2", "3", "10");
        assertThatThrownBy(() -> TWO.withNode(WorkflowNode.of("3", "Save", Map.of("images", new Link("9", 0)))))
                .isInstanceOf(WorkflowInvalidException.class);
    }
}
