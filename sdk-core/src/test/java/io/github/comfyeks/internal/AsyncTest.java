package io.github.comfyeks.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.error.ConnectionException;
import io.github.comfyeks.error.ProtocolException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AsyncTest {
    private final Deque<Runnable> requests = new ArrayDeque<>();
    private final Deque<Runnable> callbacks = new ArrayDeque<>();
    private final Async async = new Async(requests::add, callbacks::add);

    @Test
    void callsOnOneExecutorAndCompletesOnTheOther() {
        CompletableFuture<String> future = async.call(() -> "done");

        requests.remove().run();
        assertThat(future).isNotDone();
        callbacks.remove().run();
        assertThat(future).isCompletedWithValue("done");
    }

    @Test
    void completesWithWhatTheCallThrows() {
        ProtocolException failure = new ProtocolException("no", null);
        CompletableFuture<?> future = async.run(() -> {
            throw failure;
        });

        requests.remove().run();
        callbacks.remove().run();
        assertThat(future).isCompletedExceptionally();
        assertThat(future.handle((result, thrown) -> thrown)).isCompletedWithValue(failure);
    }

    @Test
    void sendsNothingOnceItIsCancelled() {
        AtomicInteger calls = new AtomicInteger();
        CompletableFuture<?> future = async.run(calls::incrementAndGet);

        future.cancel(true);
        requests.remove().run();
        assertThat(calls).hasValue(0);
    }

    @Test
    void neverHangsOnExecutorsThatAreClosed() {
        ExecutorService closed = Executors.newSingleThreadExecutor();
        closed.shutdown();

        CompletableFuture<?> unsent = new Async(closed, Runnable::run).call(() -> "x");
        CompletableFuture<?> rejected = new Async(
                        task -> {
                            throw new RejectedExecutionException();
                        },
                        Runnable::run)
                .call(() -> "x");
        CompletableFuture<String> answered = new Async(Runnable::run, closed).call(() -> "x");

        assertThat(unsent.handle((result, thrown) -> thrown).join()).isInstanceOf(ConnectionException.class);
        assertThat(rejected.handle((result, thrown) -> thrown).join()).isInstanceOf(ConnectionException.class);
        assertThat(answered).isCompletedWithValue("x");
    }
}
