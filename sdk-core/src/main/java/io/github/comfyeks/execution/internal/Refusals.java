package io.github.comfyeks.execution.internal;

import io.github.comfyeks.error.AuthenticationException;
import io.github.comfyeks.error.ComfyException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether the server refuses our credentials for good: at every look of a while, as long as any read would be repeated. One
 * look that ends otherwise, be it that nobody answers, begins the count anew: a server that boots may refuse for a moment.
 * Thread-safe.
 */
final class Refusals {
    private record Series(AuthenticationException latest, long since, long until) {}

    private final long patience;
    private volatile @Nullable Series series;

    Refusals(Duration patience) {
        // even without any patience one look alone says little
        this.patience = Math.max(patience.toNanos(), ExecutionTracker.ABSENCE.toNanos());
    }

    void answered() {
        if (series != null) {
            series = null;
        }
    }

    /** Two at once may hide one another, which costs the time until the next. */
    void failed(ComfyException e, long now) {
        Series before = series;
        series = e instanceof AuthenticationException refused
                ? new Series(refused, before == null ? now : before.since, now)
                : null;
    }

    /** The latest refusal, if all looks were refused for long and the run has shown no sign of life as long; else null. */
    @Nullable
    AuthenticationException lasting(long lastSignOfLife, long now) {
        Series all = series;
        return all != null && all.until - all.since >= patience && now - lastSignOfLife >= patience ? all.latest : null;
    }
}
