package io.github.comfyeks.internal;

import io.github.comfyeks.error.ConnectionException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs blocking calls for asynchronous callers: on the request executor, completed on the callback executor. */
public final class Async {
    private final Executor requests;
    private final Executor callbacks;

    public Async(Executor requests, Executor callbacks) {
        this.requests = requests;
        this.callbacks = callbacks;
    }

    /**
     * Runs it. What it throws is what the future completes with, as it is. A future that was cancelled before its turn sends
     * nothing.
     */
    public <T extends @Nullable Object> CompletableFuture<T> call(Supplier<T> blocking) {
        CompletableFuture<T> future = new CompletableFuture<>();
        if (requests instanceof ExecutorService service && service.isShutdown()) {
            future.completeExceptionally(closed(null));
            return future;
        }
        try {
            requests.execute(() -> run(blocking, future));
        } catch (RejectedExecutionException e) {
            future.completeExceptionally(closed(e));
        }
        return future;
    }

    /** The same without a result. */
    public CompletableFuture<@Nullable Void> run(Runnable blocking) {
        return call(() -> {
            blocking.run();
            return null;
        });
    }

    private <T extends @Nullable Object> void run(Supplier<T> blocking, CompletableFuture<T> future) {
        if (future.isDone()) {
            return;
        }
        try {
            T result = blocking.get();
            complete(() -> future.complete(result));
        } catch (RuntimeException | Error e) {
            complete(() -> future.completeExceptionally(e));
        }
    }

    private void complete(Runnable completion) {
        if (callbacks instanceof ExecutorService service && service.isShutdown()) {
            completion.run();
            return;
        }
        try {
            callbacks.execute(completion);
        } catch (RejectedExecutionException e) {
            completion.run();
        }
    }

    private static ConnectionException closed(@Nullable Throwable cause) {
        return new ConnectionException("the client is closed; nothing was sent", false, cause);
    }
}
