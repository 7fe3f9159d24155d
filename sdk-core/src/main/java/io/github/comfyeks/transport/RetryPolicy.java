package io.github.comfyeks.transport;

import java.time.Duration;

/**
 * How reads are repeated after a failure that may pass: a broken connection, or status 429, 502, 503, 504. Waits grow
 * from {@code firstDelay} by doubling to {@code maxDelay}, each with full jitter; {@code Retry-After} of the server is
 * honoured; nothing is tried any more once {@code budget} of wall-clock time is spent.
 *
 * @param budget for one call with all its attempts; zero: never try again
 * @param firstDelay the longest first wait
 * @param maxDelay the longest wait
 */
public record RetryPolicy(Duration budget, Duration firstDelay, Duration maxDelay) {
    public RetryPolicy {
        if (budget.isNegative() || firstDelay.isNegative() || maxDelay.compareTo(firstDelay) < 0) {
            throw new IllegalArgumentException("a retry policy needs budget ≥ 0 and 0 ≤ firstDelay ≤ maxDelay; got "
                    + budget + ", " + firstDelay + ", " + maxDelay);
        }
    }

    /** 30 s in all, waits of up to 100 ms growing to 5 s. */
    public static RetryPolicy standard() {
        return new RetryPolicy(Duration.ofSeconds(30), Duration.ofMillis(100), Duration.ofSeconds(5));
    }

    /** One attempt only. */
    public static RetryPolicy none() {
        return new RetryPolicy(Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }
}
