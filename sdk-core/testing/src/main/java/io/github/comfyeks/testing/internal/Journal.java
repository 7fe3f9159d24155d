package io.github.comfyeks.testing.internal;

import io.github.comfyeks.testing.internal.run.QueueItem;
import io.github.comfyeks.testing.internal.run.RunResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What happened, across restarts: for tests that prove "exactly once". Safe for use by several threads. */
public final class Journal {
    private final List<QueueItem> submissions = new ArrayList<>();
    private final Map<String, Count> runs = new LinkedHashMap<>();
    private final Map<String, Integer> requests = new TreeMap<>();

    /** What happened to one prompt id. */
    public static final class Count {
        private int queued;
        private int started;
        private int ended;
        private final List<String> executedNodes = new ArrayList<>();

        private Count copy() {
            Count copy = new Count();
            copy.queued = queued;
            copy.started = started;
            copy.ended = ended;
            copy.executedNodes.addAll(executedNodes);
            return copy;
        }

        public int queued() {
            return queued;
        }

        public int started() {
            return started;
        }

        public int ended() {
            return ended;
        }

        public List<String> executedNodes() {
            return List.copyOf(executedNodes);
        }
    }

    private Count count(String promptId) {
        return runs.computeIfAbsent(promptId, key -> new Count());
    }

    synchronized void queued(QueueItem item) {
        submissions.add(item);
        count(item.promptId()).queued++;
    }

    synchronized void started(QueueItem item) {
        count(item.promptId()).started++;
    }

    synchronized void ended(QueueItem item, RunResult result) {
        Count count = count(item.promptId());
        count.ended++;
        count.executedNodes.addAll(result.executedNodes());
    }

    synchronized void requested(String route) {
        requests.merge(route, 1, Integer::sum);
    }

    /** All accepted prompts, oldest first. */
    public synchronized List<QueueItem> submissions() {
        return List.copyOf(submissions);
    }

    /** The counts by prompt id, in the order of the first submission. */
    public synchronized Map<String, Count> runs() {
        Map<String, Count> copy = new LinkedHashMap<>();
        runs.forEach((id, count) -> copy.put(id, count.copy()));
        return copy;
    }

    /** How often each route was asked, such as {@code GET /history}. */
    public synchronized Map<String, Integer> requests() {
        return new TreeMap<>(requests);
    }

    /** Forgets everything. */
    public synchronized void clear() {
        submissions.clear();
        runs.clear();
        requests.clear();
    }
}
