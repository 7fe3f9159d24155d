package io.github.comfyeks.model.store.internal;

import io.github.comfyeks.model.store.StoreException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Work on many things at once, with threads that live no longer than the call. */
public final class Parallel {
    private Parallel() {}

    /**
     * Does the work for each item. The first failure stops what has not begun, interrupts the rest, waits for it and is thrown.
     *
     * @throws StoreException if the thread was interrupted; it stays so
     */
    public static <T> void each(int threads, Collection<T> items, Consumer<? super T> work) {
        if (items.isEmpty()) {
            return;
        }
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, items.size()), task -> {
            Thread thread = new Thread(task, "comfyeks-transfer");
            thread.setDaemon(true);
            return thread;
        });
        List<Future<Void>> all = new ArrayList<>();
        try {
            CompletionService<Void> ended = new ExecutorCompletionService<>(pool);
            for (T item : items) {
                all.add(ended.submit(() -> work.accept(item), null));
            }
            for (int i = 0; i < all.size(); i++) {
                ended.take().get();
            }
        } catch (ExecutionException e) {
            stop(pool);
            throw e.getCause() instanceof RuntimeException failed ? failed : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            stop(pool);
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted before all was sent or fetched; do it again to go on", 0, e);
        } finally {
            pool.shutdown();
        }
    }

    /** Returns when nothing runs any more, so that nobody writes behind the caller's back. */
    private static void stop(ExecutorService pool) {
        pool.shutdownNow();
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
}
