package io.github.comfyeks.execution;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a run may take before this process lets go of it with a {@link
 * io.github.comfyeks.error.LimitReachedException}; each is empty for no limit. Immutable.
 *
 * @param queued in the server's queue; set it where a server's worker may have died, since such a server answers everything
 *     and runs nothing
 * @param noProgress without any sign of life of the run, also while the server cannot be reached; 30 minutes unless set
 * @param total from submission to end
 */
public record RunLimits(Optional<Duration> queued, Optional<Duration> noProgress, Optional<Duration> total) {
    /** No limit in the queue or in all; 30 minutes without a sign of life. */
    public static RunLimits standard() {
        return new RunLimits(Optional.empty(), Optional.of(Duration.ofMinutes(30)), Optional.empty());
    }

    public RunLimits withQueued(Duration limit) {
        return new RunLimits(Optional.of(limit), noProgress, total);
    }

    public RunLimits withNoProgress(Duration limit) {
        return new RunLimits(queued, Optional.of(limit), total);
    }

    public RunLimits withTotal(Duration limit) {
        return new RunLimits(queued, noProgress, Optional.of(limit));
    }
}
