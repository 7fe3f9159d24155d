package io.github.comfyeks.execution.internal;

import io.github.comfyeks.execution.ExecutionEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Events on their way to one consumer. Adding never blocks: beyond the capacity the oldest droppable event makes room, and
 * one that is droppable itself is left out where there is none. Thread-safe; the lock is held for moments only.
 */
final class EventQueue {
    /** Droppable events that wait for a consumer. */
    private static final int CAPACITY = 256;

    private final Deque<ExecutionEvent> events = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private boolean ended;

    void add(ExecutionEvent event) {
        lock.lock();
        try {
            if (ended) {
                return;
            }
            if (events.size() >= CAPACITY && !dropOne() && event.isDroppable()) {
                return;
            }
            ended = event.isLast();
            events.add(event);
            added.signal();
        } finally {
            lock.unlock();
        }
    }

    private boolean dropOne() {
        for (Iterator<ExecutionEvent> each = events.iterator(); each.hasNext(); ) {
            if (each.next().isDroppable()) {
                each.remove();
                return true;
            }
        }
        return false;
    }

    /** The next event, waiting for it; null after the last. */
    @Nullable
    ExecutionEvent take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (events.isEmpty()) {
                if (ended) {
                    return null;
                }
                added.await();
            }
            return events.poll();
        } finally {
            lock.unlock();
        }
    }

    /** The next event; null if none waits. */
    @Nullable
    ExecutionEvent poll() {
        lock.lock();
        try {
            return events.poll();
        } finally {
            lock.unlock();
        }
    }

    boolean hasNext() {
        lock.lock();
        try {
            return !events.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** No more events: those that wait are forgotten. */
    void close() {
        lock.lock();
        try {
            ended = true;
            events.clear();
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
