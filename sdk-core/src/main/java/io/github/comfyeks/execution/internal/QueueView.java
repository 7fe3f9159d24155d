package io.github.comfyeks.execution.internal;

import io.github.comfyeks.server.internal.QueueIds;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The server's queue as one look saw it. */
record QueueView(Set<String> running, Map<String, Integer> positions) {
    static QueueView of(QueueIds ids) {
        Map<String, Integer> positions = new HashMap<>();
        for (String id : ids.pending()) {
            positions.putIfAbsent(id, ids.running().size() + positions.size());
        }
        return new QueueView(Set.copyOf(ids.running()), positions);
    }

    boolean holds(String promptId) {
        return running.contains(promptId) || positions.containsKey(promptId);
    }

    Signal signal(String promptId) {
        if (running.contains(promptId)) {
            return Signal.Simple.SEEN_RUNNING;
        }
        return positions.containsKey(promptId) ? Signal.Simple.SEEN_WAITING : Signal.Simple.ABSENT;
    }

    boolean isStuck() {
        return running.isEmpty() && !positions.isEmpty();
    }
}
