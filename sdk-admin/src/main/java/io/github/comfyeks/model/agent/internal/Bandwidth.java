package io.github.comfyeks.model.agent.internal;

import io.github.comfyeks.internal.TimeSource;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Bytes a second that all copies together may take. Safe for any number of threads. */
final class Bandwidth {
    private final TimeSource time;
    private final long bytesPerSecond;
    private final AtomicLong free;

    /** @param bytesPerSecond 0 for no limit */
    Bandwidth(TimeSource time, long bytesPerSecond) {
        this.time = time;
        this.bytesPerSecond = bytesPerSecond;
        this.free = new AtomicLong(time.nanoTime());
    }

    /** Returns when so many bytes may have come. */
    void take(int bytes) throws InterruptedException {
        if (bytesPerSecond == 0) {
            return;
        }
        long cost = (long) ((double) bytes / bytesPerSecond * TimeUnit.SECONDS.toNanos(1));
        long now = time.nanoTime();
        long until = free.updateAndGet(at -> Math.max(at - now, 0) + now + cost);
        if (until > now) {
            time.sleep(Duration.ofNanos(until - now));
        }
    }
}
