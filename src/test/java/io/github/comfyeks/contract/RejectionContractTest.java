package io.github.comfyeks.contract;

import static io.github.comfyeks.suite.Graphs.color;
import static io.github.comfyeks.suite.Graphs.emptyImage;
import static io.github.comfyeks.suite.Graphs.graph;
import static io.github.comfyeks.suite.Graphs.link;
import static io.github.comfyeks.suite.Graphs.node;
import static io.github.comfyeks.suite.Graphs.previewImage;
import static io.github.comfyeks.suite.Graphs.quick;
import static io.github.comfyeks.suite.Graphs.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.comfyeks.error.NodeError;
import io.github.comfyeks.error.WorkflowInvalidException;
import io.github.comfyeks.error.WorkflowRejectedException;
import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.execution.ExecutionResult;
import io.github.comfyeks.execution.QueueOptions;
import io.github.comfyeks.suite.ServerUnderTest;
import io.github.comfyeks.workflow.Workflow;
import io.github.comfyeks.workflow.WorkflowNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Workflows that the server refuses. */
class RejectionContractTest extends ContractTest {
    private WorkflowRejectedException rejection(Workflow workflow) {
        return rejection(workflow, QueueOptions.standard());
    }

    private WorkflowRejectedException rejection(Workflow workflow, QueueOptions options) {
        WorkflowRejectedException rejected =
                catchThrowableOfType(WorkflowRejectedException.class, () -> client.queue(workflow, options));
        if (rejected == null) {
            throw new AssertionError("the server took the workflow");
        }
        return rejected;
    }

    private NodeError onlyError(Workflow workflow) {
        WorkflowRejectedException rejected = rejection(workflow);
        assertThat(rejected.nodeErrors()).hasSize(1);
        return rejected.nodeErrors().get(0);
    }

    private static Workflow image(Object... inputs) {
        return graph(node("1", "EmptyImage", inputs), previewImage("2", "1"));
    }

    private static Workflow validated(String mode) {
        return graph(
                emptyImage("1", 8, 8, color()),
                node("2", "ProbeValidate", "mode", mode, "n", 1, "image", link("1")),
                previewImage("3", "2"));
    }

    @Test
    void aMissingInputIsNamed() {
        NodeError error = onlyError(image("width", 8, "batch_size", 1, "color", 1));
        assertThat(error.type()).isEqualTo("required_input_missing");
        assertThat(error.nodeId()).isEqualTo("1");
        assertThat(error.classType()).isEqualTo("EmptyImage");
        assertThat(error.inputName()).contains("height");
    }

    @Test
    void aDefaultIsNotFilledIn() {
        assertThat(onlyError(image("width", 8, "height", 8, "color", 1)).inputName())
                .contains("batch_size");
    }

    @ParameterizedTest
    @CsvSource({
        "width, 0, value_smaller_than_min, min, 1",
        "width, 99999, value_bigger_than_max, max, 16384",
        "color, -1, value_smaller_than_min, min, 0",
        "color, 16777216, value_bigger_than_max, max, 16777215"
    })
    void aNumberOutOfBoundsComesWithTheBound(String input, int value, String type, String option, int bound) {
        NodeError error = onlyError(
                image("width", 8, "height", 8, "batch_size", 1, "color", 1).withInput("1", input, value));
        assertThat(error.type()).isEqualTo(type);
        assertThat(error.inputName()).contains(input);
        assertThat(error.receivedValue()).isEqualTo(value);
        assertThat(error.option(option)).contains(bound);
        assertThat(error.describe()).contains(String.valueOf(value), String.valueOf(bound));
    }

    @Test
    void aChoiceThatIsNoneComesWithTheNearest() {
        NodeError error = onlyError(graph(
                        emptyImage("1", 8, 8, color()),
                        node(
                                "2",
                                "ImageScale",
                                "image",
                                link("1"),
                                "upscale_method",
                                "nearst-exact",
                                "width",
                                8,
                                "height",
                                8),
                        previewImage("3", "2"))
                .withAddedInput("2", "crop", "center"));
        assertThat(error.type()).isEqualTo("value_not_in_list");
        assertThat(error.inputName()).contains("upscale_method");
        assertThat(error.receivedValue()).isEqualTo("nearst-exact");
        assertThat(error.nearest()).startsWith("nearest-exact");
    }

    @Test
    void theNearestOfALongListIsFoundToo() {
        NodeError error = onlyError(graph(node("1", "ProbeLongList", "name", "file27.safetensor")));
        assertThat(error.type()).isEqualTo("value_not_in_list");
        assertThat(error.nearest()).startsWith("file27.safetensors");
    }

    @Test
    void aLinkOfTheWrongTypeIsNamed() {
        NodeError error =
                onlyError(graph(text("1", "x"), node("2", "ImageInvert", "image", link("1")), previewImage("3", "2")));
        assertThat(error.type()).isEqualTo("return_type_mismatch");
        assertThat(error.nodeId()).isEqualTo("2");
        assertThat(error.inputName()).contains("image");
        assertThat(error.details()).contains("STRING", "IMAGE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wide", ""})
    void textThatIsNoNumberIsRefused(String value) {
        NodeError error = onlyError(image("width", value, "height", 8, "batch_size", 1, "color", 1));
        assertThat(error.type()).isEqualTo("invalid_input_type");
        assertThat(error.inputName()).contains("width");
        assertThat(error.receivedValue()).isEqualTo(value);
    }

    @Test
    void anOptionalNumberThatIsNullIsRefused() {
        Workflow workflow = graph(node("1", "ProbeTypes", "i", 4, "f", 0.25, "b", false, "s", "text", "c", "b", "n", 2))
                .withAddedInput("1", "o", null);
        NodeError error = onlyError(workflow);
        assertThat(error.type()).isEqualTo("invalid_input_type");
        assertThat(error.inputName()).contains("o");
    }

    @Test
    void aListThatIsNoLinkIsRefused() {
        NodeError error = onlyError(Workflow.parse("""
                {"1": {"class_type": "EmptyImage",
                       "inputs": {"width": ["2", 0, 1], "height": 8, "batch_size": 1, "color": 1}},
                 "2": {"class_type": "PreviewImage", "inputs": {"images": ["1", 0]}}}
                """));
        assertThat(error.type()).isEqualTo("bad_linked_input");
        assertThat(error.inputName()).contains("width");
    }

    @Test
    void aListOfTwoTextsEndsTheCheckWithAnException() {
        WorkflowRejectedException rejected = rejection(Workflow.parse("""
                {"1": {"class_type": "EmptyImage",
                       "inputs": {"width": ["a", "b"], "height": 8, "batch_size": 1, "color": 1}},
                 "2": {"class_type": "PreviewImage", "inputs": {"images": ["1", 0]}}}
                """));
        assertThat(rejected.nodeErrors()).isNotEmpty().anyMatch(error -> error.type()
                .startsWith("exception_during_"));
    }

    @Test
    void theReasonOfANodesOwnCheckIsTold() {
        NodeError error = onlyError(validated("text"));
        assertThat(error.type()).isEqualTo("custom_validation_failed");
        assertThat(error.nodeId()).isEqualTo("2");
        assertThat(error.inputName()).contains("mode");
        assertThat(error.details()).contains("probe says no");
        assertThat(error.describe()).contains("probe says no");
    }

    @Test
    void aNodesOwnCheckNeedsNoReason() {
        NodeError error = onlyError(validated("false"));
        assertThat(error.type()).isEqualTo("custom_validation_failed");
        assertThat(error.inputName()).contains("mode");
    }

    @Test
    void aCheckThatRaisesIsTold() {
        WorkflowRejectedException rejected = rejection(validated("raise"));
        assertThat(rejected.nodeErrors())
                .isNotEmpty()
                .allMatch(error -> error.type().startsWith("exception_during_"))
                .anyMatch(error -> error.details().contains("validator crashed")
                        || error.describe().contains("validator crashed"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anUnknownClassIsNamedWithTheNearest(boolean used) {
        WorkflowNode unknown = node("7", "EmptyImag", "width", 8);
        Workflow workflow = used
                ? graph(unknown, previewImage("8", "7"))
                : graph(emptyImage("1", 8, 8, color()), previewImage("2", "1"), unknown);
        NodeError error = onlyError(workflow);
        assertThat(error.type()).isEqualTo("missing_node_type");
        assertThat(error.nodeId()).isEqualTo("7");
        assertThat(error.classType()).isEqualTo("EmptyImag");
        assertThat(error.nearest()).startsWith("EmptyImage");
    }

    @Test
    void aWorkflowWithoutOutputsIsRefused() {
        WorkflowRejectedException rejected = rejection(graph(emptyImage("1", 8, 8, color())));
        assertThat(rejected.type()).isEqualTo("prompt_no_outputs");
        assertThat(rejected.nodeErrors()).isEmpty();
        assertThat(rejected).hasMessageContaining("no outputs");
    }

    @Test
    void targetsWithoutAnOutputAreRefused() {
        assertThat(rejection(quick(), QueueOptions.builder().targets("1").build())
                        .type())
                .isEqualTo("prompt_no_outputs");
    }

    @Test
    void anEmptyWorkflowIsNeverSent() {
        assertThatThrownBy(() -> Workflow.of(Map.of())).isInstanceOf(WorkflowInvalidException.class);
        assertThatThrownBy(() -> Workflow.parse("{}")).isInstanceOf(WorkflowInvalidException.class);
    }

    private static Workflow cycle() {
        return graph(
                node("1", "ImageInvert", "image", link("2")),
                node("2", "ImageInvert", "image", link("1")),
                previewImage("3", "2"));
    }

    @Test
    void aCycleIsRefused() {
        assertThat(rejection(cycle())).hasMessageContaining("refused").hasMessageContaining("POST /prompt");
    }

    @Test
    void aCycleIsNamed() {
        ServerUnderTest.needsVersion("0.33.0", "it does not say which nodes make the cycle");
        assertThat(rejection(cycle()).nodeErrors()).isNotEmpty().allMatch(error -> error.type()
                .equals("dependency_cycle"));
    }

    @Test
    void allErrorsAreToldInOrder() {
        WorkflowRejectedException rejected = rejection(graph(
                node("10", "EmptyImage", "width", 0, "height", "x", "batch_size", 1),
                previewImage("11", "10"),
                node("9", "ImageScale", "image", link("10"), "upscale_method", "none", "width", -1, "height", 8),
                previewImage("12", "9")));
        assertThat(rejected.type()).isEqualTo("prompt_outputs_failed_validation");
        assertThat(rejected.nodeErrors())
                .extracting(error -> error.nodeId() + " " + error.inputName().orElse(""))
                .containsExactly("9 crop", "9 upscale_method", "9 width", "10 color", "10 height", "10 width");
        assertThat(rejected)
                .hasMessageContaining("6 reasons")
                .hasMessageContaining("node 9 (ImageScale) crop")
                .hasMessageContaining("node 10 (EmptyImage) width");
    }

    @Test
    void theOutputsThatAnErrorKeepsAreNamed() {
        NodeError error = onlyError(graph(emptyImage("1", 0, 8, 1), previewImage("2", "1"), previewImage("3", "1")));
        assertThat(error.dependentOutputs()).containsExactlyInAnyOrder("2", "3");
    }

    private static Workflow partlyValid(int color) {
        return graph(
                emptyImage("1", 8, 8, color),
                previewImage("2", "1"),
                emptyImage("3", 0, 8, color),
                previewImage("4", "3"));
    }

    @Test
    void aPartlyValidWorkflowIsRefusedAndLeavesNothingInTheQueue() {
        int color = color();
        try (Hold hold = new Hold()) {
            WorkflowRejectedException rejected = rejection(partlyValid(color));
            assertThat(rejected.type()).isEqualTo("node_errors");
            assertThat(rejected.nodeErrors()).hasSize(1);
            for (JsonNode item : raw.get("/queue").path("queue_pending")) {
                assertThat(item.path(2).path("1").path("inputs").path("color").asInt(-1))
                        .isNotEqualTo(color);
            }
            hold.release();
        }
    }

    @Test
    void theValidPartRunsIfThatIsWished() {
        QueueOptions options = QueueOptions.builder().acceptPartial().build();
        try (Execution run = client.queue(partlyValid(color()), options)) {
            ExecutionResult result = run.await(LIMIT);
            assertThat(result.outputs()).containsOnlyKeys("2");
            assertThat(run.nodeErrors()).hasSize(1);
            assertThat(run.nodeErrors().get(0).type()).isEqualTo("value_smaller_than_min");
            assertThat(run.nodeErrors().get(0).nodeId()).isEqualTo("3");
        }
    }

    @Test
    void aWhollyValidWorkflowHasNoErrors() {
        try (Execution run =
                client.queue(quick(), QueueOptions.builder().acceptPartial().build())) {
            run.await(LIMIT);
            assertThat(run.nodeErrors()).isEmpty();
        }
    }

    @Test
    void aWhollyInvalidWorkflowIsRefusedEvenIfAPartWouldDo() {
        WorkflowRejectedException rejected = rejection(
                graph(emptyImage("1", 0, 8, 1), previewImage("2", "1")),
                QueueOptions.builder().acceptPartial().build());
        assertThat(rejected.nodeErrors()).hasSize(1);
    }

    @Test
    void theClientGoesOnAfterARejection() {
        assertThat(rejection(graph(emptyImage("1", 8, 8, color()))).type()).isEqualTo("prompt_no_outputs");
        assertThat(run(quick()).images()).hasSize(1);
    }
}
