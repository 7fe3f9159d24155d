package io.github.comfyeks.internal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Time and waiting as a seam, so that tests of retries and limits take none. */
public interface TimeSource {
    /** The machine's own clock. */
    TimeSource SYSTEM = new TimeSource() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        }
    };

    /** Nanoseconds from an arbitrary start, never backwards. */
    long nanoTime();

    void sleep(Duration duration) throws InterruptedException;

    /** Milliseconds since that {@link #nanoTime()}. */
    default long millisSince(long startNanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanoTime() - startNanos);
    }
}
