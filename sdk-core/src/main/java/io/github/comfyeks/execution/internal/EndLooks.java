package io.github.comfyeks.execution.internal;

import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.internal.ClientThreads;
import io.github.comfyeks.server.HistoryEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Looks up runs in history whose end was announced. After a quiet moment that is done at once and by id. Where ends come close
 * together, those of some milliseconds share one question for the newest entries: with many runs that halves what the
 * server is asked. One question at a time; a second one only where the first takes long. Thread-safe.
 */
final class EndLooks {
    private static final int MOST_WORKERS = 4;
    private static final int MOST = 100;

    /** Ends that nobody has read yet push older entries out of what is asked for: so many more are asked for, and more yet
     * where that was too few. */
    private static final int SPARE = 12;

    private static final int MOST_SPARE = 200;

    /** From one question to the next. */
    private static final long PAUSE = Duration.ofMillis(5).toNanos();

    private static final long LONG = Duration.ofMillis(250).toNanos();

    private final Looks looks;
    private final ClientThreads threads;
    private final LongSupplier clock;
    private final Queue<LiveExecution> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger workers = new AtomicInteger();
    private volatile long askedAt;
    private volatile int spare = SPARE;

    EndLooks(Looks looks, ClientThreads threads, LongSupplier clock) {
        this.looks = looks;
        this.threads = threads;
        this.clock = clock;
        this.askedAt = clock.getAsLong() - PAUSE;
    }

    void add(LiveExecution run) {
        waiting.add(run);
        startIfNoneWorks();
    }

    private void startIfNoneWorks() {
        if (!workers.compareAndSet(0, 1)) {
            return;
        }
        long wait = askedAt + PAUSE - clock.getAsLong();
        if (wait <= 0) {
            threads.requests().execute(this::work);
        } else {
            threads.after(
                    Math.max(1, wait / 1_000_000), () -> threads.requests().execute(this::work));
        }
    }

    /** Another worker, if some wait and those at work have been at it for long. */
    void helpIfSlow(long now) {
        int busy = workers.get();
        if (busy > 0
                && busy < MOST_WORKERS
                && !waiting.isEmpty()
                && now - askedAt >= LONG
                && workers.compareAndSet(busy, busy + 1)) {
            threads.requests().execute(this::work);
        }
    }

    private void work() {
        try {
            askedAt = clock.getAsLong();
            List<LiveExecution> runs = next();
            if (runs.size() == 1) {
                one(runs.get(0));
            } else if (!runs.isEmpty()) {
                many(runs);
            }
        } finally {
            workers.decrementAndGet();
        }
        if (!waiting.isEmpty()) {
            startIfNoneWorks();
        }
    }

    private List<LiveExecution> next() {
        List<LiveExecution> runs = new ArrayList<>();
        for (LiveExecution run = waiting.poll(); run != null; run = runs.size() < MOST ? waiting.poll() : null) {
            runs.add(run);
        }
        return runs;
    }

    private void one(LiveExecution run) {
        run.looked(looks.look(run.promptId().value(), false));
    }

    /** Who is not among the newest is asked for by id. */
    private void many(List<LiveExecution> runs) {
        Map<String, LiveExecution> wanted = new HashMap<>(runs.size() * 2);
        runs.forEach(run -> wanted.put(run.promptId().value(), run));
        Map<String, HistoryEntry> newest;
        try {
            newest = looks.newest(runs.size() + spare, wanted.keySet());
        } catch (ComfyException e) {
            runs.forEach(run -> run.looked(Signal.Simple.LOOK_FAILED));
            return;
        }
        spare = newest.size() < runs.size() ? Math.min(MOST_SPARE, spare * 2) : Math.max(SPARE, spare - spare / 8);
        for (LiveExecution run : runs) {
            HistoryEntry entry = newest.get(run.promptId().value());
            if (entry == null) {
                one(run);
            } else {
                run.looked(new Signal.Ended(entry));
            }
        }
    }
}
