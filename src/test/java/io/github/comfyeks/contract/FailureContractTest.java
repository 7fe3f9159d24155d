package io.github.comfyeks.contract;

import static io.github.comfyeks.suite.Graphs.color;
import static io.github.comfyeks.suite.Graphs.emptyImage;
import static io.github.comfyeks.suite.Graphs.graph;
import static io.github.comfyeks.suite.Graphs.link;
import static io.github.comfyeks.suite.Graphs.node;
import static io.github.comfyeks.suite.Graphs.previewImage;
import static io.github.comfyeks.suite.Graphs.quick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.comfyeks.error.ExecutionFailedException;
import io.github.comfyeks.error.ExecutionInterruptedException;
import io.github.comfyeks.error.NodeFailure;
import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.execution.ExecutionEvent;
import io.github.comfyeks.execution.ExecutionEvent.Ended;
import io.github.comfyeks.ref.ExecutionState;
import io.github.comfyeks.suite.ServerUnderTest;
import io.github.comfyeks.workflow.Workflow;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs in which a node raises. */
class FailureContractTest extends ContractTest {
    private static Workflow failing(String kind) {
        return graph(
                emptyImage("1", 8, 8, color()),
                node("2", "ProbeFail", "kind", kind, "image", link("1")),
                previewImage("3", "2"));
    }

    private NodeFailure failureOf(Workflow workflow) {
        return failed(workflow).failure();
    }

    private ExecutionFailedException failed(Workflow workflow) {
        return caught(catchThrowableOfType(ExecutionFailedException.class, () -> run(workflow)));
    }

    private static <T> T caught(@org.jspecify.annotations.Nullable T exception) {
        if (exception == null) {
            throw new AssertionError("nothing was thrown");
        }
        return exception;
    }

    @ParameterizedTest
    @CsvSource({
        "runtime, RuntimeError, probe failed on purpose",
        "key, KeyError, 'missing'",
        "empty, ValueError, ''",
        "oom, OutOfMemoryError, probe out of memory",
        "cudaoom, OutOfMemoryError, CUDA out of memory"
    })
    void theExceptionOfTheNodeIsTold(String kind, String type, String message) {
        NodeFailure failure = failureOf(failing(kind));
        assertThat(failure.nodeId()).isEqualTo("2");
        assertThat(failure.nodeType()).isEqualTo("ProbeFail");
        assertThat(failure.exceptionType()).endsWith(type);
        assertThat(failure.exceptionMessage()).contains(message.replace("'", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"oom", "cudaoom"})
    void outOfMemoryIsTold(String kind) {
        ExecutionFailedException failed = failed(failing(kind));
        assertThat(failed.failure().isOutOfMemory()).isTrue();
        assertThat(failed).hasMessageContaining("make the image or batch smaller");
    }

    @Test
    void otherFailuresAreNoOutOfMemory() {
        assertThat(failureOf(failing("runtime")).isOutOfMemory()).isFalse();
    }

    @Test
    void theTracebackAndTheInputsAreTold() {
        NodeFailure failure = failureOf(failing("runtime"));
        assertThat(failure.traceback()).isNotEmpty();
        assertThat(String.join("", failure.traceback())).contains("File \"", "line ");
        assertThat(failure.currentInputs()).containsOnlyKeys("kind", "image").containsEntry("kind", List.of("runtime"));
    }

    @Test
    void theMessageNamesNodeClassExceptionAndRun() {
        ExecutionFailedException failed = failed(failing("runtime"));
        assertThat(failed)
                .hasMessageContaining("node 2 (ProbeFail)")
                .hasMessageContaining("RuntimeError: probe failed on purpose")
                .hasMessageContaining(failed.ref().promptId().value());
    }

    @Test
    void aFailureInAnExpansionIsOfTheNodeOfTheGraph() {
        NodeFailure failure =
                failureOf(graph(node("5", "ProbeExpand", "color", color(), "fail", true), previewImage("6", "5")));
        assertThat(failure.nodeId()).isEqualTo("5");
        assertThat(failure.exceptionMessage()).contains("probe failed on purpose");
    }

    @Test
    void allFacesTellTheFailure() {
        try (Execution run = client.queue(failing("runtime"))) {
            ExecutionFailedException awaited =
                    caught(catchThrowableOfType(ExecutionFailedException.class, () -> run.await(LIMIT)));
            CompletionException joined = caught(catchThrowableOfType(
                    CompletionException.class, () -> run.result().join()));
            assertThat(joined.getCause()).isInstanceOf(ExecutionFailedException.class);
            assertThat(joined.getCause()).hasMessage(awaited.getMessage());
            assertThat(run.state()).isEqualTo(ExecutionState.FAILED);
            assertThat(run.events().stream().filter(ExecutionEvent::isLast))
                    .containsExactly(new Ended(ExecutionState.FAILED));
        }
    }

    @Test
    void aFailedRunIsNotInterruptedAnyMore() {
        try (Execution run = client.queue(failing("runtime"))) {
            caught(catchThrowableOfType(ExecutionFailedException.class, () -> run.await(LIMIT)));
            assertThat(run.interrupt()).isFalse();
        }
    }

    @Test
    void theNextRunWorks() {
        assertThat(failureOf(failing("runtime")).nodeId()).isEqualTo("2");
        assertThat(run(quick()).images()).hasSize(1);
    }

    @Test
    void theSameGraphFailsAgain() {
        Workflow workflow = failing("key");
        assertThat(failureOf(workflow))
                .usingRecursiveComparison()
                .ignoringFields("currentInputs", "traceback")
                .isEqualTo(failureOf(workflow));
    }

    @Test
    void aNodeThatInterruptsItselfEndsTheRunAsInterrupted() {
        try (Execution run = client.queue(failing("interrupt"))) {
            caught(catchThrowableOfType(ExecutionInterruptedException.class, () -> run.await(LIMIT)));
            assertThat(run.state()).isEqualTo(ExecutionState.INTERRUPTED);
        }
    }

    @Test
    void aMissingDynamicChoicePassesTheCheckAndFailsTheRun() {
        ServerUnderTest.needsVersion("0.8.0", "it has no dynamic inputs");
        NodeFailure failure = failureOf(graph(node("1", "ProbeDyn")));
        assertThat(failure.nodeId()).isEqualTo("1");
        assertThat(failure.exceptionType()).isEqualTo("TypeError");
    }
}
