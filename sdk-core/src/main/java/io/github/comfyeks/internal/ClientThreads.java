package io.github.comfyeks.internal;

import io.github.comfyeks.error.ConnectionException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of one client; their number does not depend on the number of runs. All are daemons and end when they have
 * nothing to do for a while. What each pool may run is written in {@code CONCURRENCY.md}.
 */
public final class ClientThreads implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ClientThreads.class);
    private static final int CALLBACKS = 4;

    private final ThreadPoolExecutor requests;
    private final ScheduledThreadPoolExecutor timer;
    private final ThreadPoolExecutor ownCallbacks;
    private final ThreadPoolExecutor listeners;
    private final Executor callbacks;

    /**
     * @param maxRequests HTTP requests at once that the client makes by itself or for asynchronous callers
     * @param callbacks where futures are completed; null: threads of the client's own
     */
    public ClientThreads(int maxRequests, @Nullable Executor callbacks) {
        requests = pool("comfyeks-http-", maxRequests, (task, closed) -> abandon(List.of(task)));
        ownCallbacks = pool("comfyeks-callback-", CALLBACKS, (task, closed) -> task.run());
        listeners = pool("comfyeks-listener-", CALLBACKS, new ThreadPoolExecutor.DiscardPolicy());
        this.callbacks = callbacks == null ? ownCallbacks : callbacks;
        timer = new ScheduledThreadPoolExecutor(1, named("comfyeks-timer-"), new ThreadPoolExecutor.DiscardPolicy());
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(10, TimeUnit.SECONDS);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static ThreadPoolExecutor pool(String name, int size, RejectedExecutionHandler onceClosed) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size, size, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(name), onceClosed);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Runs it on a request thread, completes the future on the callback executor; fails it once the client is closed. */
    public <T extends @Nullable Object> CompletableFuture<T> supply(Supplier<T> call) {
        Supplied<T> task = new Supplied<>(call, callbacks, new CompletableFuture<>());
        requests.execute(task);
        return task.future;
    }

    /** The same without a result. */
    public CompletableFuture<@Nullable Void> run(Runnable call) {
        return supply(() -> {
            call.run();
            return null;
        });
    }

    /** The same for a call whose own future is what is wanted: that one ends on the callback executor already. */
    public <T> CompletableFuture<T> relay(Supplier<CompletableFuture<T>> call) {
        CompletableFuture<T> relayed = new CompletableFuture<>();
        requests.execute(new Relayed<>(call, callbacks, relayed));
        return relayed;
    }

    /** What waits for a request thread, and must be told if the client is closed before its turn. */
    private sealed interface Waiting extends Runnable {
        CompletableFuture<?> future();

        default void abandon() {
            future().completeExceptionally(
                            new ConnectionException("the client is closed; nothing was sent", false, null));
        }
    }

    private record Supplied<T extends @Nullable Object>(
            Supplier<T> call, Executor callbacks, CompletableFuture<T> future) implements Waiting {
        @Override
        public void run() {
            if (future.isDone()) {
                return; // cancelled before its turn: nothing is sent
            }
            try {
                T value = call.get();
                callback(callbacks, () -> future.complete(value));
            } catch (RuntimeException | Error e) { // whatever it is, the caller's future must end
                callback(callbacks, () -> future.completeExceptionally(e));
            }
        }
    }

    private record Relayed<T>(Supplier<CompletableFuture<T>> call, Executor callbacks, CompletableFuture<T> future)
            implements Waiting {
        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // the one future that is given out ends with either of the two
        public void run() {
            if (future.isDone()) {
                return;
            }
            Thread requester = Thread.currentThread();
            try {
                call.get().whenComplete((value, failure) -> {
                    if (Thread.currentThread() == requester) { // it had ended already: callers' code must not run here
                        callback(callbacks, () -> end(value, failure));
                    } else {
                        end(value, failure);
                    }
                });
            } catch (RuntimeException | Error e) {
                callback(callbacks, () -> future.completeExceptionally(e));
            }
        }

        private void end(@Nullable T value, @Nullable Throwable failure) {
            if (failure == null) {
                future.complete(value);
            } else {
                future.completeExceptionally(failure);
            }
        }
    }

    /** Blocking requests of the client's own and of asynchronous callers; never a caller's code. */
    public Executor requests() {
        return requests;
    }

    /** Completes futures, whose dependents may run there; at once and here if the caller's executor is shut down. */
    public void callback(Runnable completion) {
        callback(callbacks, completion);
    }

    private static void callback(Executor callbacks, Runnable completion) {
        try {
            callbacks.execute(completion);
        } catch (RejectedExecutionException theirsIsShutDown) {
            completion.run();
        }
    }

    /** Runs listeners. */
    public Executor listeners() {
        return listeners;
    }

    /** Runs it once, later, on the timer: it decides what is due, never blocks, never runs a caller's code. */
    @SuppressWarnings("FutureReturnValueIgnored") // what a task throws is logged
    public void after(long millis, Runnable task) {
        timer.schedule(guarded(task), millis, TimeUnit.MILLISECONDS);
    }

    /** The same again and again, with this pause between, until the future is cancelled. */
    public ScheduledFuture<?> every(long millis, Runnable task) {
        return timer.scheduleWithFixedDelay(guarded(task), millis, millis, TimeUnit.MILLISECONDS);
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                log.warn("a task of the timer failed", e);
            }
        };
    }

    /** Lets what is under way end, for a moment, and takes nothing more. */
    @Override
    public void close() {
        timer.shutdownNow();
        requests.shutdown();
        try {
            if (!requests.awaitTermination(2, TimeUnit.SECONDS)) {
                abandon(requests.shutdownNow());
            }
        } catch (InterruptedException e) {
            abandon(requests.shutdownNow());
            Thread.currentThread().interrupt();
        }
        listeners.shutdown();
        ownCallbacks.shutdown();
    }

    private static void abandon(List<Runnable> tasks) {
        for (Runnable task : tasks) {
            if (task instanceof Waiting waiting) {
                waiting.abandon();
            }
        }
    }
}
