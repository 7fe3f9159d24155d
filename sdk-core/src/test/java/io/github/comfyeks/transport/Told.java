package io.github.comfyeks.transport;

import io.github.comfyeks.observe.ComfyObserver;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What a client's observer was told. */
final class Told implements ComfyObserver {
    private final BlockingQueue<String> downs = new LinkedBlockingQueue<>();
    private final AtomicInteger retries = new AtomicInteger();

    @Override
    public void onSocketDown(String reason) {
        downs.add(reason);
    }

    @Override
    public void onRetry(String request, int attempt, Duration delay, String why) {
        retries.incrementAndGet();
    }

    int retries() {
        return retries.get();
    }

    /** Why the event socket is not there. */
    String whyDown() throws InterruptedException {
        return Objects.requireNonNull(downs.poll(20, TimeUnit.SECONDS), "the socket is not down");
    }
}
