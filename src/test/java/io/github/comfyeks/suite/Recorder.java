package io.github.comfyeks.suite;

import io.github.comfyeks.execution.ExecutionEvent;
import io.github.comfyeks.execution.ExecutionListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** Keeps the events of a run, and lets a test wait for one. Thread-safe. */
public final class Recorder implements ExecutionListener {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<ExecutionEvent> events = new ArrayList<>();

    @Override
    public void onEvent(ExecutionEvent event) {
        lock.lock();
        try {
            events.add(event);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What was heard so far. */
    public List<ExecutionEvent> events() {
        lock.lock();
        try {
            return List.copyOf(events);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the first event of this kind. */
    public <T extends ExecutionEvent> T await(Class<T> kind) {
        return kind.cast(await(kind::isInstance));
    }

    /** Waits for the first event that fits. */
    public ExecutionEvent await(Predicate<ExecutionEvent> wanted) {
        long left = LIMIT.toNanos();
        lock.lock();
        try {
            while (true) {
                for (ExecutionEvent event : events) {
                    if (wanted.test(event)) {
                        return event;
                    }
                }
                if (left <= 0) {
                    throw new AssertionError("no such event within " + LIMIT + ", but " + events);
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the last event and answers all of them. */
    public List<ExecutionEvent> awaitAll() {
        await(ExecutionEvent::isLast);
        return events();
    }
}
