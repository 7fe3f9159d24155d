package io.github.comfyeks.transport.internal;

import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.error.HttpStatusException;
import io.github.comfyeks.internal.TimeSource;
import io.github.comfyeks.observe.ComfyObserver;
import io.github.comfyeks.transport.RetryPolicy;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Repeats reads with full jitter until they succeed, fail for good, or the budget is spent. Thread-safe. */
final class Retries {
    static final Set<Integer> TRANSIENT = Set.of(429, 502, 503, 504);

    private final RetryPolicy policy;
    private final TimeSource time;
    private final ComfyObserver observer;

    Retries(RetryPolicy policy, TimeSource time, ComfyObserver observer) {
        this.policy = policy;
        this.time = time;
        this.observer = observer;
    }

    <T> T run(String label, Supplier<T> attempt) {
        long end = time.nanoTime() + policy.budget().toNanos();
        for (int n = 1; ; n++) {
            try {
                return attempt.get();
            } catch (ComfyException e) {
                if (!Http.isTransient(e)) {
                    throw e;
                }
                Duration delay = delay(n, e);
                if (policy.budget().isZero()
                        || time.nanoTime() + delay.toNanos() > end
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                observer.onRetry(label, n, delay, String.valueOf(e.getMessage()));
                try {
                    time.sleep(delay);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    e.addSuppressed(interrupted);
                    throw e;
                }
            }
        }
    }

    private Duration delay(int failures, ComfyException e) {
        long cap = Math.min(policy.maxDelay().toMillis(), policy.firstDelay().toMillis() << Math.min(failures - 1, 20));
        long jittered = ThreadLocalRandom.current().nextLong(Math.max(1, cap + 1));
        long asked = e instanceof HttpStatusException http ? http.retryAfter().toMillis() : 0;
        return Duration.ofMillis(Math.max(jittered, asked));
    }
}
