package io.github.comfyeks.testing.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.comfyeks.testing.internal.json.Json;
import io.github.comfyeks.testing.internal.nodes.Interrupts;
import io.github.comfyeks.testing.internal.run.QueueItem.TwinsException;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The prompts that wait and the one that runs. Each change is announced as a {@code status} event, as a server does. Safe for
 * use by several threads; one lock guards it all, and nothing blocks under it.
 */
public final class PromptQueue {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PromptHeap pending = new PromptHeap();
    private final Events events;
    private final Interrupts interrupts;
    private @Nullable QueueItem running;
    private boolean settling;
    private boolean paused;
    private int permits;
    private boolean workerDead;
    private boolean closed;

    public PromptQueue(Events events, Interrupts interrupts, boolean paused) {
        this.events = events;
        this.interrupts = interrupts;
        this.paused = paused;
    }

    /** {@code {exec_info: {queue_remaining}}}. */
    public ObjectNode info() {
        ObjectNode info = Json.object();
        info.putObject("exec_info").put("queue_remaining", remaining());
        return info;
    }

    private void announce() {
        ObjectNode data = Json.object();
        data.set("status", info());
        events.send("status", data, null);
        changed.signalAll();
    }

    /** Queues a prompt; on failure it is queued all the same, but nobody is told (S14). */
    public void put(QueueItem item) throws TwinsException {
        lock.lock();
        try {
            pending.push(item);
            announce();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the next prompt to run; null when the server has gone. Ends the worker for good when twins meet (S14). */
    @Nullable
    QueueItem take() throws InterruptedException {
        lock.lock();
        try {
            while (true) {
                if (closed) {
                    return null;
                }
                if (!workerDead && pending.size() > 0 && (!paused || permits > 0)) {
                    QueueItem item = pending.pop();
                    if (paused) {
                        permits--;
                    }
                    running = item;
                    announce();
                    return item;
                }
                changed.await();
            }
        } catch (TwinsException e) {
            workerDead = true;
            changed.signalAll();
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** The running prompt has ended; {@code record} puts it into the history before anybody hears of it. */
    void done(Runnable record) {
        lock.lock();
        try {
            running = null;
            settling = true;
            record.run();
            announce();
        } finally {
            lock.unlock();
        }
    }

    /** All events of the prompt that ended last are on their way. */
    void settled() {
        update(() -> settling = false);
    }

    /** Takes a pending prompt out (H4). */
    public boolean delete(String promptId) throws TwinsException {
        lock.lock();
        try {
            Predicate<QueueItem> match = item -> item.promptId().equals(promptId);
            boolean last = pending.size() == 1;
            if (!pending.remove(match)) {
                return false;
            }
            if (last) {
                announce();
            }
            announce();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes all pending prompts out. */
    public void clear() {
        lock.lock();
        try {
            pending.clear();
            announce();
        } finally {
            lock.unlock();
        }
    }

    /** Asks the running prompt to stop, if it has this id (or whatever runs, for null). */
    public boolean interrupt(@Nullable String promptId) {
        lock.lock();
        try {
            QueueItem item = running;
            boolean match = promptId == null || (item != null && item.promptId().equals(promptId));
            if (match) {
                interrupts.request();
            }
            return match;
        } finally {
            lock.unlock();
        }
    }

    /** What runs and what waits, at one moment. */
    public Snapshot snapshot() {
        lock.lock();
        try {
            QueueItem item = running;
            return new Snapshot(item == null ? List.of() : List.of(item), pending.toList());
        } finally {
            lock.unlock();
        }
    }

    /** What runs and what waits; the waiting ones in the heap's order, as {@code /queue} shows them. */
    public record Snapshot(List<QueueItem> running, List<QueueItem> pending) {
        /** The answer of {@code GET /queue}. */
        public JsonNode toJson() {
            ObjectNode answer = Json.object();
            var runningList = answer.putArray("queue_running");
            running.forEach(item -> runningList.add(item.toQueue()));
            var pendingList = answer.putArray("queue_pending");
            pending.forEach(item -> pendingList.add(item.toQueue()));
            return answer;
        }
    }

    public int remaining() {
        lock.lock();
        try {
            return pending.size() + (running == null ? 0 : 1);
        } finally {
            lock.unlock();
        }
    }

    /** Stops taking prompts. */
    public void pause() {
        update(() -> paused = true);
    }

    /** Takes prompts again. */
    public void resume() {
        update(() -> {
            paused = false;
            permits = 0;
        });
    }

    /** Lets a paused worker take one prompt. */
    public void permitOne() {
        update(() -> permits++);
    }

    /** The worker takes nothing any more, until a restart. */
    public void killWorker() {
        update(() -> workerDead = true);
    }

    /** Ends the worker. */
    public void close() {
        update(() -> closed = true);
    }

    private void update(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing runs or waits and the last events are on their way; false when the time is over. */
    public boolean awaitIdle(long nanos) throws InterruptedException {
        return await(nanos, () -> running == null && pending.size() == 0 && !settling);
    }

    /** Waits until the worker has taken a prompt; false when the time is over. */
    public boolean awaitRunning(long nanos) throws InterruptedException {
        return await(nanos, () -> running != null);
    }

    private boolean await(long nanos, java.util.function.BooleanSupplier condition) throws InterruptedException {
        long left = nanos;
        lock.lock();
        try {
            while (!condition.getAsBoolean() && !closed) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return condition.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }
}
