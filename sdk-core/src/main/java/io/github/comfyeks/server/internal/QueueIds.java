package io.github.comfyeks.server.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The ids in the server's queue.
 *
 * @param pending in the order in which the server will run them
 */
public record QueueIds(List<String> running, List<String> pending) {
    /** One that waits; lowest number first, equal numbers by id (S13). */
    record Waiting(double number, String id) implements Comparable<Waiting> {
        private static final Comparator<Waiting> ORDER =
                Comparator.comparingDouble(Waiting::number).thenComparing(Waiting::id);

        @Override
        public int compareTo(Waiting other) {
            return ORDER.compare(this, other);
        }
    }

    static QueueIds of(List<String> running, List<Waiting> waiting) {
        List<Waiting> sorted = new ArrayList<>(waiting);
        sorted.sort(null);
        return new QueueIds(
                List.copyOf(running), sorted.stream().map(Waiting::id).toList());
    }
}
