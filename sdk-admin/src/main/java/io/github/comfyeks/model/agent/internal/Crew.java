package io.github.comfyeks.model.agent.internal;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A few threads that do one piece of work together. */
final class Crew {
    private Crew() {}

    /** Work that several threads share; each returns when nothing is left for it. */
    @FunctionalInterface
    interface Work {
        void run() throws InterruptedException;
    }

    /** Returns when all of it is done. If a thread fails or we are interrupted, all stop before this throws. */
    static void run(int threads, Work work) throws InterruptedException {
        AtomicInteger count = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "comfyeks-agent-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        try {
            CompletionService<@Nullable Void> ends = new ExecutorCompletionService<>(pool);
            Callable<@Nullable Void> one = () -> {
                work.run();
                return null;
            };
            for (int i = 0; i < threads; i++) {
                ends.submit(one);
            }
            for (int i = 0; i < threads; i++) {
                ends.take().get();
            }
        } catch (ExecutionException e) {
            throw unwrapped(e.getCause());
        } finally {
            pool.shutdownNow();
            stopped(pool);
        }
    }

    private static RuntimeException unwrapped(@Nullable Throwable cause) throws InterruptedException {
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
    }

    /** Threads that were told to stop do so soon; only then may their files be closed. */
    private static void stopped(ExecutorService pool) {
        boolean interrupted = false;
        while (true) {
            try {
                if (pool.awaitTermination(1, TimeUnit.MINUTES)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Does something with each of these, several at once. */
    static <T> void each(int threads, List<T> items, Consumer<T> work) throws InterruptedException {
        if (items.isEmpty()) {
            return;
        }
        AtomicInteger next = new AtomicInteger();
        run(Math.min(threads, items.size()), () -> {
            for (int i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
                work.accept(items.get(i));
            }
        });
    }
}
