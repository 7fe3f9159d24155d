package io.github.comfyeks.execution.internal;

import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.execution.ExecutionResult;
import io.github.comfyeks.internal.ClientThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** How waiting for one run ends, once: for threads that wait and for futures. Under the run's lock; never held over theirs. */
final class Completion {
    /** one of the two is there. */
    record Outcome(
            @Nullable ExecutionResult result, @Nullable ComfyException failure) {
        ExecutionResult get() {
            if (failure != null) {
                throw failure;
            }
            return Objects.requireNonNull(result);
        }
    }

    private final ReentrantLock lock;
    private final Condition ended;
    private volatile @Nullable Outcome outcome;
    private List<CompletableFuture<ExecutionResult>> futures = List.of();

    /** @param lock the run's */
    Completion(ReentrantLock lock) {
        this.lock = lock;
        this.ended = lock.newCondition();
    }

    boolean isDone() {
        return outcome != null;
    }

    /** With the lock: wakes the threads that wait; futures follow by {@link #settle}. */
    void end(Outcome how) {
        outcome = how;
        ended.signalAll();
    }

    /** Without the lock: ends the futures, on the callback executor. */
    void settle(ClientThreads threads) {
        List<CompletableFuture<ExecutionResult>> waiting;
        lock.lock();
        try {
            waiting = futures;
            futures = List.of();
        } finally {
            lock.unlock();
        }
        Outcome how = Objects.requireNonNull(outcome);
        if (!waiting.isEmpty()) {
            threads.callback(() -> waiting.forEach(future -> settle(future, how)));
        }
    }

    private static void settle(CompletableFuture<ExecutionResult> future, Outcome how) {
        if (how.failure() != null) {
            future.completeExceptionally(how.failure());
        } else {
            future.complete(how.result());
        }
    }

    /** Waits for the end, but no longer than this; null if it has not come. */
    @Nullable
    Outcome await(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (outcome == null && left > 0) {
                left = ended.awaitNanos(left);
            }
            return outcome;
        } finally {
            lock.unlock();
        }
    }

    /** A future of the end. */
    CompletableFuture<ExecutionResult> future(Runnable onCancel) {
        CompletableFuture<ExecutionResult> future = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                boolean cancelled = super.cancel(mayInterruptIfRunning);
                if (cancelled) {
                    onCancel.run();
                }
                return cancelled;
            }
        };
        lock.lock();
        try {
            if (outcome == null) {
                futures = futures.isEmpty() ? new ArrayList<>(1) : futures;
                futures.add(future);
                return future;
            }
        } finally {
            lock.unlock();
        }
        settle(future, Objects.requireNonNull(outcome));
        return future;
    }
}
