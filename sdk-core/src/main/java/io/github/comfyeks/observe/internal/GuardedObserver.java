package io.github.comfyeks.observe.internal;

import io.github.comfyeks.observe.ComfyObserver;
import io.github.comfyeks.ref.ExecutionState;
import io.github.comfyeks.ref.PromptId;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a caller's observer, and logs what it throws: no run may suffer from it. */
public record GuardedObserver(ComfyObserver theirs) implements ComfyObserver {
    private static final Logger log = LoggerFactory.getLogger(GuardedObserver.class);

    private static void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            log.warn("an observer failed", e);
        }
    }

    @Override
    public void onRequest(String route, int status, Duration elapsed) {
        tell(() -> theirs.onRequest(route, status, elapsed));
    }

    @Override
    public void onRetry(String route, int attempt, Duration delay, String reason) {
        tell(() -> theirs.onRetry(route, attempt, delay, reason));
    }

    @Override
    public void onBytes(long read, long written) {
        tell(() -> theirs.onBytes(read, written));
    }

    @Override
    public void onSocketOpen() {
        tell(theirs::onSocketOpen);
    }

    @Override
    public void onSocketDown(String reason) {
        tell(() -> theirs.onSocketDown(reason));
    }

    @Override
    public void onSocketSuspect(String reason) {
        tell(() -> theirs.onSocketSuspect(reason));
    }

    @Override
    public void onQueueStalled(int waiting, Duration elapsed) {
        tell(() -> theirs.onQueueStalled(waiting, elapsed));
    }

    @Override
    public void onStateChange(PromptId promptId, ExecutionState from, ExecutionState to) {
        tell(() -> theirs.onStateChange(promptId, from, to));
    }
}
