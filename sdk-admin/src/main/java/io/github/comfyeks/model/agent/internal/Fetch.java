package io.github.comfyeks.model.agent.internal;

import io.github.comfyeks.internal.TimeSource;
import io.github.comfyeks.model.store.ModelObject;
import io.github.comfyeks.model.store.ModelStore;
import io.github.comfyeks.model.store.StoreException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntConsumer;
import software.amazon.awssdk.core.exception.SdkException;

/** Reads parts of objects, and goes on where a connection broke. Safe for any number of threads. */
final class Fetch {
    private static final int ATTEMPTS = 6;
    private static final int CHUNK = 1 << 18;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    private final ModelStore store;
    private final TimeSource time;
    private final Bandwidth bandwidth;
    private final IntConsumer progress;

    /** @param progress told of bytes as they come */
    Fetch(ModelStore store, TimeSource time, Bandwidth bandwidth, IntConsumer progress) {
        this.store = store;
        this.time = time;
        this.bandwidth = bandwidth;
        this.progress = progress;
    }

    /** Takes what has come, while it is fresh in the processor's cache. */
    @FunctionalInterface
    interface Sink {
        /** @throws UncheckedIOException if the disk does not take it */
        void take(int from, int count);
    }

    /** Fills the array up to this length; the sink sees each byte once, in order. */
    void read(ModelObject model, long from, byte[] into, int length, Sink sink) throws InterruptedException {
        int got = 0;
        int taken = 0;
        for (int attempt = 1; got < length; attempt++) {
            try (InputStream in = store.read(model, from + got, length - got)) {
                while (got < length) {
                    int count = in.read(into, got, Math.min(taken + CHUNK, length) - got);
                    if (count < 0) {
                        throw new EOFException("the connection ended early");
                    }
                    got += count;
                    progress.accept(count);
                    bandwidth.take(count);
                    if (got - taken >= CHUNK || got == length) {
                        sink.take(taken, got - taken);
                        taken = got;
                    }
                }
            } catch (StoreException e) {
                if (attempt == ATTEMPTS || !isPassing(e.status())) {
                    throw e;
                }
                pause(attempt);
            } catch (IOException | SdkException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedException("while reading " + model.key());
                }
                if (got < length && attempt == ATTEMPTS) {
                    throw new StoreException(
                            "s3://" + store.bucket() + "/" + store.prefix() + model.key() + ": reading breaks off, "
                                    + ATTEMPTS + " times: " + e.getMessage(),
                            0,
                            e);
                }
                if (got < length) {
                    pause(attempt);
                }
            }
        }
    }

    private static boolean isPassing(int status) {
        return status == 0 || status == 408 || status == 429 || status >= 500;
    }

    /** Longer each time, and not the same for all nodes. */
    private void pause(int attempt) throws InterruptedException {
        long most = FIRST_PAUSE.toMillis() << attempt;
        time.sleep(Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2)));
    }
}
