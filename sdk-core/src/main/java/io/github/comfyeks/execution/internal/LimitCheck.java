package io.github.comfyeks.execution.internal;

import io.github.comfyeks.error.AuthenticationException;
import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.error.Limit;
import io.github.comfyeks.error.LimitReachedException;
import io.github.comfyeks.execution.LetGo;
import io.github.comfyeks.execution.RunLimits;
import io.github.comfyeks.ref.ExecutionRef;
import io.github.comfyeks.ref.ExecutionState;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The limits of one run: a function of its state and of time.
 *
 * @param createdAt when the run began to count, in the clock of the checks
 */
record LimitCheck(RunLimits limits, LetGo letGo, long createdAt) {
    /** The limit that is reached by now, or that no look is let through, as the exception that tells it; null if none is. */
    @Nullable
    ComfyException reached(
            ExecutionState state, long lastSignOfLife, long now, Session session, Supplier<ExecutionRef> ref) {
        if (isOver(limits.total(), createdAt, now)) {
            return told(Limit.TOTAL, limits.total(), "has not ended", ref);
        }
        if (state == ExecutionState.QUEUED && isOver(limits.queued(), createdAt, now)) {
            return told(Limit.QUEUED, limits.queued(), "has not begun" + session.queueHint(), ref);
        }
        if (isOver(limits.noProgress(), lastSignOfLife, now)) {
            return told(Limit.NO_PROGRESS, limits.noProgress(), "has shown no sign of life", ref);
        }
        AuthenticationException refused = session.refusals().lasting(lastSignOfLife, now);
        return refused == null ? null : told(refused, ref);
    }

    private AuthenticationException told(AuthenticationException refused, Supplier<ExecutionRef> ref) {
        return new AuthenticationException(
                refused.status(),
                "the run cannot be followed any more: every look is refused; " + onTheServer()
                        + ", attach to it with credentials that are taken [run "
                        + ref.get().promptId()
                        + "]; the latest answer: " + refused.getMessage());
    }

    private String onTheServer() {
        return letGo == LetGo.INTERRUPT ? "it is asked to stop" : "on the server it goes on";
    }

    private static boolean isOver(Optional<Duration> allowed, long since, long now) {
        return allowed.isPresent() && now - since >= allowed.get().toNanos();
    }

    private LimitReachedException told(
            Limit limit, Optional<Duration> allowed, String what, Supplier<ExecutionRef> ref) {
        ExecutionRef run = ref.get();
        return new LimitReachedException(
                limit,
                "the run " + what + " within its limit of " + allowed.orElseThrow()
                        + "; " + onTheServer() + " [run "
                        + run.promptId() + ", limit " + limit + "]",
                run,
                null);
    }
}
