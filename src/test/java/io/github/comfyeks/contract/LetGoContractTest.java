package io.github.comfyeks.contract;

import static io.github.comfyeks.suite.Graphs.endless;
import static io.github.comfyeks.suite.Graphs.graph;
import static io.github.comfyeks.suite.Graphs.node;
import static io.github.comfyeks.suite.Graphs.quick;
import static io.github.comfyeks.suite.Graphs.seed;
import static io.github.comfyeks.suite.Graphs.sleeping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.error.DetachedException;
import io.github.comfyeks.error.ExecutionInterruptedException;
import io.github.comfyeks.error.ExecutionLostException;
import io.github.comfyeks.error.Limit;
import io.github.comfyeks.error.LimitReachedException;
import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.execution.ExecutionEvent;
import io.github.comfyeks.execution.ExecutionEvent.Detached;
import io.github.comfyeks.execution.ExecutionEvent.NodeStarted;
import io.github.comfyeks.execution.ExecutionResult;
import io.github.comfyeks.execution.LetGo;
import io.github.comfyeks.execution.QueueOptions;
import io.github.comfyeks.execution.RunLimits;
import io.github.comfyeks.ref.PromptId;
import io.github.comfyeks.suite.Recorder;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What becomes of a run that this process follows no longer. */
class LetGoContractTest extends ContractTest {
    private static final Duration MOMENT = Duration.ofMillis(150);

    private final Recorder recorder = new Recorder();

    private QueueOptions.Builder recorded() {
        return QueueOptions.builder().front().listener(recorder);
    }

    /** The end of a run as another process sees it. */
    private static ExecutionResult seenFromOutside(PromptId id) {
        try (ComfyClient other = newClient();
                Execution run = other.attach(id)) {
            return run.await(LIMIT);
        }
    }

    private static void assertInterruptedSeenFromOutside(PromptId id) {
        assertThatThrownBy(() -> seenFromOutside(id)).isInstanceOf(ExecutionInterruptedException.class);
    }

    private static LimitReachedException limitReached(Runnable waiting) {
        LimitReachedException reached = catchThrowableOfType(LimitReachedException.class, waiting::run);
        if (reached == null) {
            throw new AssertionError("no limit was reached");
        }
        return reached;
    }

    @Test
    void aClosedHandleLetsTheRunGoOn() {
        Execution run = client.queue(sleeping(5, 0.05), recorded().build());
        recorder.await(NodeStarted.class);
        run.close();
        assertThatThrownBy(() -> run.await(LIMIT)).isInstanceOf(DetachedException.class);
        assertThat(seenFromOutside(run.promptId()).confirmed()).isTrue();
    }

    @Test
    void aClosedHandleIsToldAsDetachedOnce() {
        Execution run = client.queue(sleeping(5, 0.05), recorded().build());
        recorder.await(NodeStarted.class);
        run.close();
        run.close();
        assertThat(recorder.awaitAll().stream().filter(ExecutionEvent::isLast))
                .hasSize(1)
                .allMatch(Detached.class::isInstance);
    }

    @Test
    void aClosedHandleInterruptsIfThatIsWished() {
        Execution run =
                client.queue(endless(), recorded().letGo(LetGo.INTERRUPT).build());
        recorder.await(NodeStarted.class);
        run.close();
        assertInterruptedSeenFromOutside(run.promptId());
    }

    @Test
    void aClosedHandleTakesOutWhatWaitsIfThatIsWished() {
        try (Hold hold = new Hold()) {
            Execution run = client.queue(
                    quick(), QueueOptions.builder().letGo(LetGo.INTERRUPT).build());
            run.close();
            assertThatThrownBy(() -> seenFromOutside(run.promptId())).isInstanceOf(ExecutionLostException.class);
            assertThat(hold.isRunning()).isTrue();
        }
    }

    @Test
    void closingAfterTheEndChangesNothing() {
        Execution run = client.queue(quick());
        ExecutionResult result = run.await(LIMIT);
        run.close();
        assertThat(run.await(LIMIT)).isEqualTo(result);
    }

    @Test
    void aClosedClientLetsItsRunsGoOn() {
        Execution run = client.queue(sleeping(5, 0.05), recorded().build());
        recorder.await(NodeStarted.class);
        client.close();
        assertThatThrownBy(() -> run.await(LIMIT))
                .isInstanceOf(DetachedException.class)
                .hasMessageContaining("client was closed");
        assertThat(seenFromOutside(run.promptId()).confirmed()).isTrue();
        assertThatThrownBy(() -> client.queue(quick())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void awaitHasALimitAndCanBeAskedAgain() {
        try (Execution run = client.queue(sleeping(20, 0.05), recorded().build())) {
            LimitReachedException reached = limitReached(() -> run.await(MOMENT));
            assertThat(reached.limit()).isEqualTo(Limit.AWAIT);
            assertThat(reached.ref()).contains(run.ref());
            assertThat(run.await(LIMIT).confirmed()).isTrue();
        }
    }

    @Test
    void awaitInterruptsAtItsLimitIfThatIsWished() {
        Execution run =
                client.queue(endless(), recorded().letGo(LetGo.INTERRUPT).build());
        recorder.await(NodeStarted.class);
        assertThat(limitReached(() -> run.await(MOMENT)).limit()).isEqualTo(Limit.AWAIT);
        assertInterruptedSeenFromOutside(run.promptId());
    }

    @Test
    void aCancelledFutureLetsTheRunGoOn() {
        Execution run = client.queue(sleeping(5, 0.05), recorded().build());
        recorder.await(NodeStarted.class);
        CompletableFuture<ExecutionResult> future = run.result();
        assertThat(future.cancel(true)).isTrue();
        assertThat(future).isCancelled();
        assertThatThrownBy(() -> run.await(LIMIT)).isInstanceOf(DetachedException.class);
        assertThat(seenFromOutside(run.promptId()).confirmed()).isTrue();
    }

    @Test
    void aCancelledFutureInterruptsIfThatIsWished() {
        Execution run =
                client.queue(endless(), recorded().letGo(LetGo.INTERRUPT).build());
        recorder.await(NodeStarted.class);
        assertThat(run.result().cancel(true)).isTrue();
        assertInterruptedSeenFromOutside(run.promptId());
    }

    @Test
    void anInterruptedThreadStopsWaitingAndKeepsItsFlag() throws InterruptedException {
        try (Execution run = client.queue(sleeping(20, 0.05), recorded().build())) {
            recorder.await(NodeStarted.class);
            AtomicBoolean flag = new AtomicBoolean();
            CompletableFuture<ExecutionResult> waited = new CompletableFuture<>();
            Thread waiter = new Thread(() -> {
                try {
                    waited.complete(run.await(LIMIT));
                } catch (RuntimeException e) {
                    flag.set(Thread.currentThread().isInterrupted());
                    waited.completeExceptionally(e);
                }
            });
            waiter.start();
            waiter.interrupt();
            waiter.join(LIMIT.toMillis());
            assertThat(flag).isTrue();
            assertThat(waited).isCompletedExceptionally();
            assertThatThrownBy(waited::join).hasCauseInstanceOf(DetachedException.class);
            assertThat(run.await(LIMIT).confirmed()).isTrue();
        }
    }

    @Test
    void anInterruptedThreadStopsReadingEvents() {
        try (Execution run = client.queue(sleeping(10, 0.05), recorded().build())) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> run.events().forEach(event -> {})).isInstanceOf(DetachedException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(run.await(LIMIT).confirmed()).isTrue();
        }
    }

    @Test
    void waitingTooLongInTheQueueHasAName() {
        try (Hold hold = new Hold()) {
            Execution run = client.queue(
                    quick(),
                    QueueOptions.builder()
                            .limits(RunLimits.standard().withQueued(MOMENT))
                            .build());
            LimitReachedException reached = limitReached(() -> run.await(LIMIT));
            assertThat(reached.limit()).isEqualTo(Limit.QUEUED);
            assertThat(reached).hasMessageContaining("has not begun").hasMessageContaining("QUEUED");
            hold.release();
            assertThat(seenFromOutside(run.promptId()).images()).hasSize(1);
        }
    }

    @Test
    void takingTooLongHasAName() {
        Execution run = client.queue(
                sleeping(40, 0.05),
                recorded().limits(RunLimits.standard().withTotal(MOMENT)).build());
        LimitReachedException reached = limitReached(() -> run.await(LIMIT));
        assertThat(reached.limit()).isEqualTo(Limit.TOTAL);
        assertThat(reached.ref()).contains(run.ref());
        assertThat(seenFromOutside(run.promptId()).confirmed()).isTrue();
    }

    @Test
    void showingNoProgressHasAName() {
        Execution run = client.queue(
                graph(node("1", "ProbeStubbornOut", "seconds", 3.0, "seed", seed())),
                recorded()
                        .limits(RunLimits.standard().withNoProgress(Duration.ofMillis(700)))
                        .build());
        LimitReachedException reached = limitReached(() -> run.await(LIMIT));
        assertThat(reached.limit()).isEqualTo(Limit.NO_PROGRESS);
    }

    @Test
    void aLimitInterruptsIfThatIsWished() {
        Execution run = client.queue(
                endless(),
                recorded()
                        .limits(RunLimits.standard().withTotal(MOMENT))
                        .letGo(LetGo.INTERRUPT)
                        .build());
        assertThat(limitReached(() -> run.await(LIMIT)).limit()).isEqualTo(Limit.TOTAL);
        assertThatThrownBy(() -> seenFromOutside(run.promptId()))
                .isInstanceOfAny(ExecutionInterruptedException.class, ExecutionLostException.class);
    }
}
