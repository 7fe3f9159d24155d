package io.github.comfyeks.server.internal;

import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.error.ConnectionException;
import io.github.comfyeks.internal.TimeSource;
import io.github.comfyeks.schema.ObjectInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the node classes for a while. The first caller fetches them on its own thread, those who come meanwhile wait for it;
 * no lock is held. A failed fetch is not kept.
 */
final class ObjectInfoCache {
    private final Supplier<ObjectInfo> fetch;
    private final long ageNanos;
    private final TimeSource time;
    private final AtomicReference<@Nullable Fetch> current = new AtomicReference<>();

    ObjectInfoCache(Supplier<ObjectInfo> fetch, Duration age, TimeSource time) {
        this.fetch = fetch;
        this.ageNanos = age.toNanos();
        this.time = time;
    }

    private static final class Fetch {
        final CompletableFuture<ObjectInfo> result = new CompletableFuture<>();
        volatile long doneAt;
        volatile boolean abandoned;
    }

    ObjectInfo get() {
        while (true) {
            Fetch seen = current.get();
            if (seen != null && isUsable(seen)) {
                ObjectInfo result = await(seen);
                if (result != null) {
                    return result;
                }
                continue; // its caller was interrupted: somebody else fetches
            }
            Fetch mine = new Fetch();
            if (current.compareAndSet(seen, mine)) {
                return run(mine);
            }
        }
    }

    /** What is kept, if it is there and fresh; nobody waits. */
    Optional<ObjectInfo> peek() {
        Fetch seen = current.get();
        return seen != null && seen.result.isDone() && isUsable(seen)
                ? Optional.of(seen.result.join())
                : Optional.empty();
    }

    ObjectInfo refresh() {
        Fetch mine = new Fetch();
        current.set(mine);
        return run(mine);
    }

    private boolean isUsable(Fetch seen) {
        if (!seen.result.isDone()) {
            return true;
        }
        return !seen.result.isCompletedExceptionally() && time.nanoTime() - seen.doneAt < ageNanos;
    }

    private ObjectInfo run(Fetch mine) {
        try {
            ObjectInfo info = fetch.get();
            mine.doneAt = time.nanoTime();
            mine.result.complete(info);
            return info;
        } catch (RuntimeException | Error e) {
            mine.abandoned = Thread.currentThread().isInterrupted();
            current.compareAndSet(mine, null);
            mine.result.completeExceptionally(e);
            throw e;
        }
    }

    private static @Nullable ObjectInfo await(Fetch other) {
        try {
            return other.result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectionException("the thread was interrupted during a request [GET /object_info]", false, e);
        } catch (ExecutionException e) {
            if (other.abandoned) {
                return null;
            }
            if (e.getCause() instanceof ComfyException failure) {
                throw failure;
            }
            throw new IllegalStateException("reading the node classes failed [GET /object_info]", e.getCause());
        }
    }
}
