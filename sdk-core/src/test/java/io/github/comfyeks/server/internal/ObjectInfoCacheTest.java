package io.github.comfyeks.server.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.error.ProtocolException;
import io.github.comfyeks.schema.ObjectInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ObjectInfoCacheTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger fetches = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private final MockComfy.Clock clock = new MockComfy.Clock();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    @Test
    void callersAtTheSameTimeShareOneFetch() throws Exception {
        ObjectInfoCache cache = new ObjectInfoCache(() -> slow(false), Duration.ofMinutes(1), clock);
        List<Future<ObjectInfo>> waiting = new ArrayList<>();
        waiting.add(threads.submit(cache::get));
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 20; i++) {
            waiting.add(threads.submit(cache::get));
        }
        assertThat(cache.peek()).isEmpty();
        go.countDown();

        ObjectInfo first = waiting.get(0).get(10, TimeUnit.SECONDS);
        for (Future<ObjectInfo> other : waiting) {
            assertThat(other.get(10, TimeUnit.SECONDS)).isSameAs(first);
        }
        assertThat(fetches).hasValue(1);
        assertThat(cache.peek()).containsSame(first);
    }

    @Test
    void anInterruptedFetchIsTakenOverByWhoWaitsForIt() throws Exception {
        ObjectInfoCache cache = new ObjectInfoCache(() -> slow(true), Duration.ofMinutes(1), clock);
        Future<ObjectInfo> leader = threads.submit(cache::get);
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        Future<ObjectInfo> follower = threads.submit(cache::get);

        leader.cancel(true);

        assertThat(follower.get(10, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void aFailureIsNotKept() {
        ObjectInfoCache cache = new ObjectInfoCache(
                () -> {
                    if (fetches.incrementAndGet() == 1) {
                        throw new ProtocolException("no", null);
                    }
                    return ObjectInfo.of(List.of());
                },
                Duration.ofMinutes(1),
                clock);

        assertThatThrownBy(cache::get).isInstanceOf(ProtocolException.class);
        assertThat(cache.get().nodes()).isEmpty();
        assertThat(fetches).hasValue(2);
    }

    private ObjectInfo slow(boolean onlyFirst) {
        if (fetches.incrementAndGet() > 1 && onlyFirst) {
            return ObjectInfo.of(List.of());
        }
        begun.countDown();
        try {
            assertThat(go.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProtocolException("interrupted", e);
        }
        return ObjectInfo.of(List.of());
    }
}
