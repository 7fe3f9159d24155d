package io.github.comfyeks.execution.internal;

import io.github.comfyeks.error.NodeFailure;
import io.github.comfyeks.ref.ExecutionState;
import io.github.comfyeks.server.HistoryEntry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides where one run stands: a pure state machine without threads, I/O or a clock of its own. Not thread-safe; its owner
 * holds a lock around it.
 *
 * <p>The socket only hints, history and queue decide. A hint of an end asks for a look; an entry in history ends the run,
 * whatever was said before. A run that two looks, a while apart, find in neither queue nor history has ended by what
 * its events said, if all of them were heard, and is LOST otherwise. The first verdict stays.
 *
 * <pre>
 * signal            effect
 * RUNS              QUEUED → RUNNING; an absence counted before is forgotten
 * HINT_END          look now
 * HINT_SUCCESS, …   look soon: the history entry is written a moment later
 * GAP               what the events say is no longer the whole story
 * SEEN_…            alive: an absence counted before is forgotten; with a hint, look again later
 * NOT_IN_HISTORY    with a hint, look again later; after PATIENCE, look at the queue too
 * ABSENT            first: look again after ABSENCE; then: the end
 * Ended             the end, as history has it
 * </pre>
 */
final class ExecutionTracker {
    /** No look is wanted. */
    static final long NEVER = Long.MAX_VALUE;

    /** Between the two looks that make a run LOST. */
    static final Duration ABSENCE = Duration.ofSeconds(2);

    /** After an end was hinted at, as long the history entry may be late before the queue is looked at too. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    /** History follows execution_success within milliseconds, and executing null tells when. */
    private static final long SOON = Duration.ofMillis(60).toNanos();

    private static final long FIRST_PAUSE = Duration.ofMillis(20).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofSeconds(1).toNanos();

    private enum Hint {
        NONE,
        /** Over, but how is not known. */
        END,
        SUCCESS,
        FAILURE,
        INTERRUPTED
    }

    private ExecutionState state = ExecutionState.QUEUED;
    private Hint hint = Hint.NONE;
    private @Nullable NodeFailure failure;
    private boolean gap;
    private boolean deletedByUs;
    private @Nullable Verdict verdict;

    private long lookAt = NEVER;
    private long hintedAt = NEVER;
    private long pause = FIRST_PAUSE;
    private long absentSince = NEVER;

    ExecutionState state() {
        return state;
    }

    /** How the run ended; null as long as it has not. */
    @Nullable
    Verdict verdict() {
        return verdict;
    }

    /** When the next look is wanted, in the clock of the signals; {@link #NEVER} if none is. */
    long lookAt() {
        return lookAt;
    }

    /** Whether the next look must be at the queue too, and before history. */
    boolean wantsQueue(long now) {
        return absentSince != NEVER || deletedByUs || (hintedAt != NEVER && now - hintedAt >= PATIENCE.toNanos());
    }

    /** Whether an event told of the end. */
    boolean isEndHinted() {
        return hint != Hint.NONE;
    }

    void on(Signal signal, long now) {
        if (verdict != null) {
            return;
        }
        if (signal instanceof Signal.Ended ended) {
            decide(byHistory(ended.entry()));
        } else if (signal instanceof Signal.HintFailure hinted) {
            failure = hinted.failure();
            hint(Hint.FAILURE, now);
        } else if (signal instanceof Signal.Simple simple) {
            on(simple, now);
        }
    }

    private void on(Signal.Simple signal, long now) {
        switch (signal) {
            case RUNS -> {
                alive(ExecutionState.RUNNING);
            }
            case HINT_SUCCESS -> hint(Hint.SUCCESS, now);
            case HINT_INTERRUPTED -> hint(Hint.INTERRUPTED, now);
            case HINT_END -> {
                hint(Hint.END, now);
                lookAt = now;
            }
            case GAP -> gap = true;
            case SEEN_WAITING -> {
                alive(state);
                again(now);
            }
            case SEEN_RUNNING -> {
                alive(ExecutionState.RUNNING);
                again(now);
            }
            case NOT_IN_HISTORY, LOOK_FAILED -> again(now);
            case ABSENT -> absent(now);
            case DELETED_BY_US -> {
                deletedByUs = true;
                lookAt = now;
            }
        }
    }

    private void alive(ExecutionState seen) {
        absentSince = NEVER;
        state = state == ExecutionState.RUNNING ? state : seen;
    }

    private void hint(Hint heard, long now) {
        alive(ExecutionState.RUNNING);
        if (hint == Hint.NONE || hint == Hint.END) {
            hint = heard;
        }
        if (hintedAt == NEVER) {
            hintedAt = now;
        }
        lookAt = Math.min(lookAt, now + SOON);
    }

    /** The look did not settle it: another one later, if one is wanted at all. */
    private void again(long now) {
        if (hint == Hint.NONE && absentSince == NEVER && !deletedByUs) {
            lookAt = NEVER;
            return;
        }
        lookAt = now + pause;
        pause = Math.min(LONGEST_PAUSE, pause * 2);
    }

    private void absent(long now) {
        if (deletedByUs && hint == Hint.NONE) {
            decide(new Verdict(
                    ExecutionState.INTERRUPTED, null, null, "taken out of the queue by this client before it began"));
        } else if (absentSince == NEVER) {
            absentSince = now;
            lookAt = now + ABSENCE.toNanos();
        } else if (now - absentSince >= ABSENCE.toNanos()) {
            decide(byEvents());
        } else {
            lookAt = absentSince + ABSENCE.toNanos();
        }
    }

    private void decide(Verdict decided) {
        verdict = decided;
        state = decided.state();
        lookAt = NEVER;
    }

    private static Verdict byHistory(HistoryEntry entry) {
        if (entry.isSuccess()) {
            return new Verdict(ExecutionState.SUCCEEDED, entry, null, "");
        }
        if (entry.isInterrupted()) {
            return new Verdict(ExecutionState.INTERRUPTED, entry, null, "interrupted on the server");
        }
        return new Verdict(ExecutionState.FAILED, entry, entry.failure().orElseGet(ExecutionTracker::untold), "");
    }

    private static NodeFailure untold() {
        return new NodeFailure(
                "",
                "",
                "unknown",
                "history calls the run an error and names none",
                java.util.List.of(),
                java.util.Map.of());
    }

    /** History has no entry and never will: a server that died, or whose history was cleared. */
    private Verdict byEvents() {
        if (hint == Hint.FAILURE) {
            return new Verdict(ExecutionState.FAILED, null, failure == null ? untold() : failure, "");
        }
        if (hint == Hint.INTERRUPTED) {
            return new Verdict(ExecutionState.INTERRUPTED, null, null, "interrupted on the server");
        }
        if (hint == Hint.SUCCESS && !gap) {
            return new Verdict(ExecutionState.SUCCEEDED, null, null, "");
        }
        return new Verdict(
                ExecutionState.LOST,
                null,
                null,
                hint == Hint.NONE
                        ? "the server was restarted, another client deleted it or cleared the queue, or another server"
                                + " behind the same address has it"
                        : "its end was announced, but its history entry is gone and events were missed: the server was"
                                + " restarted, or the history was cleared");
    }
}
