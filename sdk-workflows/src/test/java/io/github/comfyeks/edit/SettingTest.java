package io.github.comfyeks.edit;

import static io.github.comfyeks.edit.Drawn.CASTLE;
import static io.github.comfyeks.edit.Drawn.CLASSES;
import static io.github.comfyeks.edit.Drawn.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.error.WorkflowInvalidException;
import io.github.comfyeks.workflow.Link;
import io.github.comfyeks.workflow.Workflow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingTest {
    private final EditableWorkflow drawn = EditableWorkflow.of(CASTLE);
    private final EditableWorkflow checked = Drawn.castle();

    @Test
    void aNodeIsNamedByIdTitleOrClass() {
        assertThat(value(drawn.set("6.text", "a bridge"), "6", "text")).isEqualTo("a bridge");
        assertThat(value(drawn.set("Negative Prompt.text", "ugly"), "7", "text"))
                .isEqualTo("ugly");
        assertThat(value(drawn.set("KSampler.seed", 42), "3", "seed")).isEqualTo(42L);
        assertThat(value(drawn.node("Negative Prompt").set("text", "ugly"), "7", "text"))
                .isEqualTo("ugly");
    }

    @Test
    void whatIsNotSetStays() {
        EditableWorkflow changed = drawn.set("KSampler.seed", 42);
        assertThat(changed.workflow()).isEqualTo(CASTLE.withInput("3", "seed", 42));
        assertThat(drawn.workflow()).isEqualTo(CASTLE);
    }

    @Test
    void aTitleMayHaveDots() {
        assertThat(value(drawn.set("Size v1.5.width", 32), "5", "width")).isEqualTo(32L);
    }

    @Test
    void anInputMayHaveDots() {
        EditableWorkflow dynamic = EditableWorkflow.of(Workflow.parse("""
                {"12:34": {"class_type": "Dyn", "inputs": {"mode": "blur", "mode.amount": 1}, "_meta": {"title": "My.mode"}}}"""));
        assertThat(value(dynamic.set("12:34.mode.amount", 2), "12:34", "mode.amount"))
                .isEqualTo(2L);
        assertThat(value(dynamic.set("My.mode.mode.amount", 3), "12:34", "mode.amount"))
                .isEqualTo(3L);
        assertThat(value(dynamic.set("Dyn.mode", "x"), "12:34", "mode")).isEqualTo("x");
    }

    @Test
    void nodesInSubgraphsAreNamedByPath() {
        EditableWorkflow nested = ParametersTest.ofEditor();
        assertThat(value(nested.set("Upscale/First.height", 16), "3:10", "height"))
                .isEqualTo(16L);
        assertThat(value(nested.set("Second.height", 17), "3:11", "height")).isEqualTo(17L);
        assertThatThrownBy(() -> nested.set("Upscale/ImageScale.height", 1))
                .hasMessageContaining("node 3:10 (ImageScale \"First\") in Upscale")
                .hasMessageContaining("node 3:11 (ImageScale \"Second\") in Upscale");
        assertThatThrownBy(() -> nested.set("Upscale/Frist.height", 1)).hasMessageContaining("\"Upscale/First\"");
    }

    @Test
    void aWrongNameTellsTheNearest() {
        assertThatThrownBy(() -> drawn.set("KSamplr.seed", 1))
                .hasMessageContaining("there is no node \"KSamplr\"")
                .hasMessageContaining("nearest: \"KSampler\"");
        assertThatThrownBy(() -> drawn.set("KSampler.sed", 1))
                .hasMessageContaining("node 3 (KSampler) has no input \"sed\"; nearest: \"seed\"");
        assertThatThrownBy(() -> drawn.node("KSampler").set("sed", 1)).hasMessageContaining("nearest: \"seed\"");
        assertThatThrownBy(() -> drawn.set("seed", 1)).hasMessageContaining("\"seed\" is no NODE.INPUT");
        assertThatThrownBy(() -> drawn.node("Negative promt")).hasMessageContaining("\"Negative Prompt\"");
    }

    @Test
    void anAmbiguousNameTellsTheCandidates() {
        assertThatThrownBy(() -> drawn.set("CLIPTextEncode.text", ""))
                .hasMessageContaining("\"CLIPTextEncode.text\" may be one of 2")
                .hasMessageContaining("node 6 (CLIPTextEncode \"$prompt What to draw\")")
                .hasMessageContaining("node 7 (CLIPTextEncode \"Negative Prompt\")")
                .hasMessageContaining("name one by its id");
    }

    @Test
    void allProblemsComeAtOnce() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("KSampler.seed", -1);
        values.put("KSampler.steps", "twenty");
        values.put("KSampler.sampler_name", "eular");
        values.put("KSampler.cfg", 5.5);
        values.put("Nowhere.text", "x");
        assertThatExceptionOfType(WorkflowInvalidException.class)
                .isThrownBy(() -> checked.set(values))
                .satisfies(e -> assertThat(e.problems())
                        .hasSize(4)
                        .anySatisfy(problem -> assertThat(problem).contains("\"Nowhere\""))
                        .anySatisfy(problem -> assertThat(problem).contains("node 3 (KSampler) seed: -1"))
                        .anySatisfy(problem -> assertThat(problem).contains("steps: \"twenty\" is no whole number"))
                        .anySatisfy(problem -> assertThat(problem)
                                .contains("\"eular\" is not a choice")
                                .contains("\"euler\"")));
    }

    @Test
    void whatTheServerWouldBendIsRefused() {
        assertThatThrownBy(() -> checked.set("KSampler.steps", "20")).hasMessageContaining("write that");
        assertThatThrownBy(() -> checked.set("KSampler.steps", 2.5)).hasMessageContaining("whole numbers");
        assertThatThrownBy(() -> checked.set("KSampler.model", 1)).hasMessageContaining("comes from a link");
        assertThatThrownBy(() -> checked.set("KSampler.model", new Link("6", 0)))
                .hasMessageContaining("node 3 (KSampler) model");
    }

    @Test
    void aNumberForATextPasses() {
        assertThat(value(checked.set("6.text", 42), "6", "text")).isEqualTo(42L);
    }

    @Test
    void whatWasWrongBeforeIsNobodysFault() {
        EditableWorkflow wrong = EditableWorkflow.of(CASTLE.withInput("3", "steps", "many"), CLASSES);
        assertThat(value(wrong.set("KSampler.seed", 5), "3", "seed")).isEqualTo(5L);
    }

    @Test
    void anInputThatTheFileLeftOutIsKnownByTheClass() {
        Workflow bare = CASTLE.withoutInput("3", "denoise");
        assertThat(value(EditableWorkflow.of(bare, CLASSES).set("KSampler.denoise", 0.5), "3", "denoise"))
                .isEqualTo(0.5);
        assertThatThrownBy(() -> EditableWorkflow.of(bare).set("KSampler.denoise", 0.5))
                .hasMessageContaining("has no input \"denoise\"");
    }

    @Test
    void aListIsAValueUnlessItIsALink() {
        assertThat(value(drawn.set("6.text", List.of(1, 2)), "6", "text"))
                .isEqualTo(Map.of("__value__", List.of(1L, 2L)));
        assertThat(Drawn.link(drawn.set("6.clip", List.of("4", 1)), "6", "clip"))
                .isEqualTo("4:1");
        assertThatThrownBy(() -> drawn.set("6.clip", List.of("44", 1))).hasMessageContaining("\"44\"");
    }

    @Test
    void aChangedWorkflowTellsNoOldValuesToTheEditor() {
        Workflow withUi = CASTLE.withUiWorkflow(Map.of("nodes", List.of()));
        EditableWorkflow workflow = EditableWorkflow.of(withUi);
        assertThat(workflow.workflow().uiWorkflow()).isPresent();
        assertThat(workflow.set("6.text", "x").workflow().uiWorkflow()).isEmpty();
    }
}
