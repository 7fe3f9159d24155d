package io.github.comfyeks.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.error.ConnectionException;
import io.github.comfyeks.error.ProtocolException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ClientThreadsTest {
    private final Deque<Runnable> callbacks = new ArrayDeque<>();

    @Test
    void completesFuturesOnTheCallbackExecutorOnly() throws InterruptedException {
        CountDownLatch handedOver = new CountDownLatch(1);
        try (ClientThreads threads = new ClientThreads(1, task -> {
            callbacks.add(task);
            handedOver.countDown();
        })) {
            CompletableFuture<String> future = threads.supply(() -> "done");

            assertThat(handedOver.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(future).isNotDone();
            callbacks.remove().run();
            assertThat(future).isCompletedWithValue("done");
        }
    }

    @Test
    void completesWithWhatTheCallThrows() {
        ProtocolException failure = new ProtocolException("no", null);
        try (ClientThreads threads = new ClientThreads(1, null)) {
            CompletableFuture<?> future = threads.run(() -> {
                throw failure;
            });

            assertThat(future.handle((result, thrown) -> thrown).join()).isSameAs(failure);
        }
    }

    @Test
    void sendsNothingOnceAFutureIsCancelled() {
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch busy = new CountDownLatch(1);
        try (ClientThreads threads = new ClientThreads(1, null)) {
            CompletableFuture<?> first = threads.run(() -> awaitUninterruptibly(busy));
            CompletableFuture<?> second = threads.run(calls::incrementAndGet);
            second.cancel(true);
            busy.countDown();
            first.join();
            threads.run(() -> {}).join();

            assertThat(calls).hasValue(0);
        }
    }

    @Test
    void futuresThatWaitWhenTheClientIsClosedFail() {
        CountDownLatch never = new CountDownLatch(1);
        ClientThreads threads = new ClientThreads(1, null);
        CompletableFuture<?> busy = threads.run(() -> awaitUninterruptibly(never));
        CompletableFuture<String> waiting = threads.supply(() -> "x");
        threads.close();
        CompletableFuture<String> late = threads.supply(() -> "y");

        assertThat(waiting.handle((result, thrown) -> thrown).join()).isInstanceOf(ConnectionException.class);
        assertThat(late.handle((result, thrown) -> thrown).join()).isInstanceOf(ConnectionException.class);
        never.countDown();
        busy.join();
    }

    @Test
    void completesFuturesThoughTheCallersExecutorIsShutDown() {
        ExecutorService theirs = Executors.newSingleThreadExecutor();
        theirs.shutdown();
        try (ClientThreads threads = new ClientThreads(1, theirs)) {
            assertThat(threads.supply(() -> "x").join()).isEqualTo("x");
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                // the pool is being closed; this task stands for one that does not care
            }
        }
    }
}
