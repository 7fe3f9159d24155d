package io.github.comfyeks.execution.internal;

import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.server.HistoryEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Looks up runs in history whose end was announced. While the server is asked about some, others come to wait, and the next
 * question is about all of them at once: their entries are the newest. A single one is asked for by its id, so that a quiet
 * client waits for nobody. Thread-safe; never more than {@link #WORKERS} requests at a time.
 */
final class EndLooks {
    private static final int WORKERS = 2;
    private static final int MOST = 100;

    private final Looks looks;
    private final Executor requests;
    private final Queue<LiveExecution> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger workers = new AtomicInteger();

    EndLooks(Looks looks, Executor requests) {
        this.looks = looks;
        this.requests = requests;
    }

    void add(LiveExecution run) {
        waiting.add(run);
        startWorker();
    }

    private void startWorker() {
        int busy = workers.get();
        while (busy < WORKERS) {
            if (workers.compareAndSet(busy, busy + 1)) {
                requests.execute(this::work);
                return;
            }
            busy = workers.get();
        }
    }

    private void work() {
        try {
            List<LiveExecution> runs = new ArrayList<>();
            while (runs.size() < MOST && !waiting.isEmpty()) {
                LiveExecution run = waiting.poll();
                if (run != null) { // the other worker may have been faster
                    runs.add(run);
                }
            }
            if (runs.size() == 1) {
                one(runs.get(0));
            } else if (!runs.isEmpty()) {
                many(runs);
            }
        } finally {
            workers.decrementAndGet();
        }
        if (!waiting.isEmpty()) {
            startWorker();
        }
    }

    private void one(LiveExecution run) {
        run.looked(looks.look(run.promptId().value(), false));
    }

    /** Some more than asked for, since others end meanwhile; who is not among them is asked for by id. */
    private void many(List<LiveExecution> runs) {
        Map<String, HistoryEntry> newest;
        try {
            newest = looks.newest(runs.size() + runs.size() / 2 + 4);
        } catch (ComfyException e) {
            runs.forEach(run -> run.looked(Signal.Simple.LOOK_FAILED));
            return;
        }
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
