package io.github.comfyeks.execution.internal;

import static io.github.comfyeks.execution.internal.Entries.failedEntry;
import static io.github.comfyeks.execution.internal.Entries.interruptedEntry;
import static io.github.comfyeks.execution.internal.Entries.successEntry;
import static io.github.comfyeks.execution.internal.Signal.Simple.ABSENT;
import static io.github.comfyeks.execution.internal.Signal.Simple.DELETED_BY_US;
import static io.github.comfyeks.execution.internal.Signal.Simple.GAP;
import static io.github.comfyeks.execution.internal.Signal.Simple.HINT_END;
import static io.github.comfyeks.execution.internal.Signal.Simple.HINT_INTERRUPTED;
import static io.github.comfyeks.execution.internal.Signal.Simple.HINT_SUCCESS;
import static io.github.comfyeks.execution.internal.Signal.Simple.LOOK_FAILED;
import static io.github.comfyeks.execution.internal.Signal.Simple.NOT_IN_HISTORY;
import static io.github.comfyeks.execution.internal.Signal.Simple.RUNS;
import static io.github.comfyeks.execution.internal.Signal.Simple.SEEN_RUNNING;
import static io.github.comfyeks.execution.internal.Signal.Simple.SEEN_WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.error.NodeFailure;
import io.github.comfyeks.ref.ExecutionState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExecutionTrackerTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final NodeFailure OOM =
            new NodeFailure("4", "KSampler", "torch.OutOfMemoryError", "CUDA out of memory", List.of(), Map.of());

    /** Signals come one a second, so that two looks are never too close to count. */
    static Stream<Arguments> ends() {
        return Stream.of(
                end("a run with every event", ExecutionState.SUCCEEDED, RUNS, HINT_SUCCESS, HINT_END, successEntry()),
                end("no event at all, found in history", ExecutionState.SUCCEEDED, successEntry()),
                end("history decides against the hint", ExecutionState.SUCCEEDED, failure(), successEntry()),
                end("history decides for failure", ExecutionState.FAILED, RUNS, HINT_SUCCESS, failedEntry()),
                end(
                        "an interrupt that came too late",
                        ExecutionState.SUCCEEDED,
                        RUNS,
                        HINT_INTERRUPTED,
                        successEntry()),
                end("interrupted, as history has it", ExecutionState.INTERRUPTED, RUNS, interruptedEntry()),
                end(
                        "success, history lost, all events heard",
                        ExecutionState.SUCCEEDED,
                        RUNS,
                        HINT_SUCCESS,
                        ABSENT,
                        NOT_IN_HISTORY,
                        ABSENT),
                end(
                        "success, history lost, events missed",
                        ExecutionState.LOST,
                        GAP,
                        HINT_SUCCESS,
                        ABSENT,
                        NOT_IN_HISTORY,
                        ABSENT),
                end("failure, history lost", ExecutionState.FAILED, RUNS, failure(), ABSENT, NOT_IN_HISTORY, ABSENT),
                end(
                        "interrupted, history lost",
                        ExecutionState.INTERRUPTED,
                        RUNS,
                        HINT_INTERRUPTED,
                        ABSENT,
                        NOT_IN_HISTORY,
                        ABSENT),
                end(
                        "over without saying how, history lost",
                        ExecutionState.LOST,
                        RUNS,
                        HINT_END,
                        ABSENT,
                        NOT_IN_HISTORY,
                        ABSENT),
                end("the server was restarted", ExecutionState.LOST, RUNS, GAP, ABSENT, LOOK_FAILED, ABSENT),
                end("never seen anywhere", ExecutionState.LOST, ABSENT, LOOK_FAILED, ABSENT),
                end("deleted by us while it waited", ExecutionState.INTERRUPTED, SEEN_WAITING, DELETED_BY_US, ABSENT),
                end(
                        "our delete came too late",
                        ExecutionState.SUCCEEDED,
                        DELETED_BY_US,
                        SEEN_RUNNING,
                        RUNS,
                        HINT_SUCCESS,
                        successEntry()),
                end(
                        "our delete hit the running one",
                        ExecutionState.INTERRUPTED,
                        RUNS,
                        DELETED_BY_US,
                        SEEN_RUNNING,
                        HINT_INTERRUPTED,
                        interruptedEntry()),
                end(
                        "the entry comes between two absences",
                        ExecutionState.SUCCEEDED,
                        ABSENT,
                        successEntry(),
                        ABSENT,
                        ABSENT));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("ends")
    void endsAsTheSignalsSay(String name, ExecutionState expected, List<Signal> signals) {
        ExecutionTracker tracker = feed(signals);

        assertThat(tracker.state()).as(name).isEqualTo(expected);
        assertThat(Objects.requireNonNull(tracker.verdict()).state()).isEqualTo(expected);
        assertThat(tracker.lookAt()).as("no look after the end").isEqualTo(ExecutionTracker.NEVER);
    }

    static Stream<Arguments> goesOn() {
        return Stream.of(
                on("hints alone", ExecutionState.RUNNING, RUNS, HINT_SUCCESS, HINT_END),
                on("an error event alone", ExecutionState.RUNNING, RUNS, failure()),
                on("one absence", ExecutionState.QUEUED, ABSENT),
                on(
                        "an absence, then a sign of life, then an absence",
                        ExecutionState.RUNNING,
                        ABSENT,
                        SEEN_RUNNING,
                        ABSENT),
                on("an absence, then an event, then an absence", ExecutionState.RUNNING, ABSENT, RUNS, ABSENT),
                on("looks that fail", ExecutionState.QUEUED, LOOK_FAILED, LOOK_FAILED, LOOK_FAILED),
                on(
                        "running is not taken back by an old view of the queue",
                        ExecutionState.RUNNING,
                        RUNS,
                        SEEN_WAITING));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("goesOn")
    void doesNotEndOn(String name, ExecutionState expected, List<Signal> signals) {
        ExecutionTracker tracker = feed(signals);

        assertThat(tracker.state()).as(name).isEqualTo(expected);
        assertThat(tracker.verdict()).isNull();
    }

    @Test
    void keepsTheFirstVerdict() {
        ExecutionTracker tracker = feed(List.of(RUNS, successEntry(), failedEntry(), ABSENT, HINT_INTERRUPTED));

        assertThat(tracker.state()).isEqualTo(ExecutionState.SUCCEEDED);
    }

    @Test
    void twoAbsencesCloseTogetherDoNotMakeARunLost() {
        ExecutionTracker tracker = new ExecutionTracker();
        tracker.on(ABSENT, 0);
        tracker.on(ABSENT, ExecutionTracker.ABSENCE.toNanos() - 1);
        assertThat(tracker.verdict()).isNull();

        tracker.on(ABSENT, ExecutionTracker.ABSENCE.toNanos());
        assertThat(tracker.state()).isEqualTo(ExecutionState.LOST);
    }

    @Test
    void looksAtOnceWhenTheServerIsDoneAndSoonAfterSuccess() {
        ExecutionTracker tracker = new ExecutionTracker();
        tracker.on(RUNS, 0);
        assertThat(tracker.lookAt()).isEqualTo(ExecutionTracker.NEVER);

        tracker.on(HINT_SUCCESS, 1_000);
        assertThat(tracker.lookAt()).isBetween(1_001L, SECOND / 10);

        tracker.on(HINT_END, 2_000);
        assertThat(tracker.lookAt()).isEqualTo(2_000);
    }

    @Test
    void looksAgainEverMoreSlowlyWhileHistoryIsLateAndAtTheQueueInTheEnd() {
        ExecutionTracker tracker = new ExecutionTracker();
        tracker.on(HINT_END, 0);
        long now = 0;
        long pause = 0;
        for (int i = 0; i < 12; i++) {
            now = tracker.lookAt();
            assertThat(tracker.wantsQueue(now)).isEqualTo(now >= ExecutionTracker.PATIENCE.toNanos());
            tracker.on(NOT_IN_HISTORY, now);
            long next = tracker.lookAt() - now;
            assertThat(next).isBetween(Math.max(1, pause), SECOND);
            pause = next;
        }
        assertThat(tracker.wantsQueue(now)).isTrue();
    }

    @Test
    void givesTheFailureOfTheEventWhereHistoryIsLost() {
        ExecutionTracker tracker = feed(List.of(RUNS, failure(), ABSENT, NOT_IN_HISTORY, ABSENT));

        assertThat(Objects.requireNonNull(tracker.verdict()).failure()).isEqualTo(OOM);
    }

    private static ExecutionTracker feed(List<Signal> signals) {
        ExecutionTracker tracker = new ExecutionTracker();
        long now = 0;
        for (Signal signal : signals) {
            tracker.on(signal, now += SECOND);
        }
        return tracker;
    }

    private static Signal failure() {
        return new Signal.HintFailure(OOM);
    }

    private static Arguments end(String name, ExecutionState state, Signal... signals) {
        return Arguments.of(name, state, List.of(signals));
    }

    private static Arguments on(String name, ExecutionState state, Signal... signals) {
        return Arguments.of(name, state, List.of(signals));
    }
}
