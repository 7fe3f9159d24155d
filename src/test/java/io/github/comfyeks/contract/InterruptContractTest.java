package io.github.comfyeks.contract;

import static io.github.comfyeks.suite.Graphs.endless;
import static io.github.comfyeks.suite.Graphs.graph;
import static io.github.comfyeks.suite.Graphs.node;
import static io.github.comfyeks.suite.Graphs.previewImage;
import static io.github.comfyeks.suite.Graphs.quick;
import static io.github.comfyeks.suite.Graphs.seed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.error.ExecutionInterruptedException;
import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.execution.ExecutionEvent;
import io.github.comfyeks.execution.ExecutionEvent.Ended;
import io.github.comfyeks.execution.ExecutionEvent.NodeProgress;
import io.github.comfyeks.execution.ExecutionEvent.NodeStarted;
import io.github.comfyeks.execution.QueueOptions;
import io.github.comfyeks.ref.ExecutionState;
import io.github.comfyeks.suite.Recorder;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Ending a run before its end, and no other. */
class InterruptContractTest extends ContractTest {
    private final Recorder recorder = new Recorder();
    private final QueueOptions recorded =
            QueueOptions.builder().front().listener(recorder).build();

    private void assertInterrupted(Execution run) {
        assertThatThrownBy(() -> run.await(LIMIT))
                .isInstanceOf(ExecutionInterruptedException.class)
                .hasMessageContaining(run.promptId().value());
        assertThat(run.state()).isEqualTo(ExecutionState.INTERRUPTED);
    }

    @Test
    void aRunningRunIsInterrupted() {
        try (Execution run = client.queue(endless(), recorded)) {
            recorder.await(NodeStarted.class);
            assertThat(run.interrupt()).isTrue();
            assertInterrupted(run);
            assertThat(raw.isRunning(run.promptId())).isFalse();
        }
    }

    @Test
    void aWaitingRunIsTakenOut() {
        try (Hold hold = new Hold();
                Execution run = client.queue(quick())) {
            assertThat(raw.isPending(run.promptId())).isTrue();
            assertThat(run.interrupt()).isTrue();
            assertInterrupted(run);
            assertThat(raw.isPending(run.promptId())).isFalse();
            assertThat(hold.isRunning()).isTrue();
        }
    }

    @Test
    void anInterruptThatComesTooLateChangesNothing() {
        try (Execution run =
                client.queue(graph(node("1", "ProbeStubbornOut", "seconds", 1.0, "seed", seed())), recorded)) {
            recorder.await(NodeStarted.class);
            assertThat(run.interrupt()).isTrue();
            assertThat(run.await(LIMIT).texts()).containsExactly("done");
            assertThat(run.state()).isEqualTo(ExecutionState.SUCCEEDED);
        }
    }

    @Test
    void anInterruptIsSeenBeforeTheNextNode() {
        try (Execution run = client.queue(
                graph(node("1", "ProbeStubborn", "seconds", 0.6, "seed", seed()), previewImage("2", "1")), recorded)) {
            recorder.await(NodeStarted.class);
            run.interrupt();
            assertInterrupted(run);
        }
    }

    @Test
    void theRunOfAnotherClientGoesOn() {
        try (ComfyClient other = newClient();
                Execution theirs = other.queue(endless(), recorded)) {
            recorder.await(NodeStarted.class);
            Execution mine = client.queue(quick());
            mine.interrupt();
            assertInterrupted(mine);
            int seen = recorder.events().size();
            recorder.await(
                    event -> event instanceof NodeProgress && recorder.events().size() > seen);
            assertThat(theirs.state()).isEqualTo(ExecutionState.RUNNING);
            theirs.interrupt();
            assertInterrupted(theirs);
        }
    }

    @Test
    void anotherRunOfTheSameClientGoesOn() {
        try (Execution first = client.queue(endless(), recorded);
                Execution second = client.queue(quick());
                Execution third = client.queue(quick())) {
            recorder.await(NodeStarted.class);
            second.interrupt();
            assertInterrupted(second);
            first.interrupt();
            assertInterrupted(first);
            assertThat(third.await(LIMIT).images()).hasSize(1);
        }
    }

    @Test
    void anEndedRunIsNotInterrupted() {
        try (Execution run = client.queue(quick())) {
            run.await(LIMIT);
            assertThat(run.interrupt()).isFalse();
            assertThat(run.state()).isEqualTo(ExecutionState.SUCCEEDED);
        }
    }

    @Test
    void interruptingTwiceIsInterruptingOnce() {
        try (Execution run = client.queue(endless(), recorded)) {
            recorder.await(NodeStarted.class);
            assertThat(run.interrupt()).isTrue();
            run.interrupt();
            assertInterrupted(run);
            assertThat(run.interrupt()).isFalse();
        }
        assertThat(run(quick()).images()).hasSize(1);
    }

    @Test
    void allFacesTellTheInterrupt() {
        try (Execution run = client.queue(endless(), recorded)) {
            recorder.await(NodeStarted.class);
            run.interrupt();
            assertThatThrownBy(() -> run.result().join())
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(ExecutionInterruptedException.class);
            assertThat(recorder.awaitAll().stream().filter(ExecutionEvent::isLast))
                    .containsExactly(new Ended(ExecutionState.INTERRUPTED));
        }
    }

    @Test
    void theServerRemembersAnInterruptedRun() {
        try (Execution run = client.queue(endless(), recorded)) {
            recorder.await(NodeStarted.class);
            run.interrupt();
            assertInterrupted(run);
            assertThat(raw.history(run.promptId())
                            .path("status")
                            .path("completed")
                            .asBoolean(true))
                    .isFalse();
        }
    }
}
