package io.github.comfyeks.execution.internal;

import io.github.comfyeks.execution.Progress;
import io.github.comfyeks.socket.internal.Message.NodeState;
import io.github.comfyeks.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How far one run is: nodes weighted by their steps. Weights are guessed from the graph's {@code steps} inputs until the
 * server tells a node's real number. Not thread-safe; the run's lock guards it.
 */
final class RunProgress {
    private static final class Node {
        double weight = 1;
        double value;
        double max;
        boolean done;
        long startedAt;
        long endedAt;
    }

    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final boolean graphKnown;
    private final List<String> cached = new ArrayList<>();
    private @Nullable String current;
    private double highest;

    RunProgress(@Nullable Workflow workflow) {
        graphKnown = workflow != null;
        if (workflow != null) {
            workflow.nodes().values().forEach(node -> {
                Node entry = new Node();
                entry.weight = guessedSteps(node.inputs());
                nodes.put(node.id(), entry);
            });
        }
    }

    private static double guessedSteps(Map<String, @Nullable Object> inputs) {
        if (!(inputs.get("steps") instanceof Number steps)) {
            return 1;
        }
        double first = inputs.get("start_at_step") instanceof Number start ? start.doubleValue() : 0;
        double last = inputs.get("end_at_step") instanceof Number end ? end.doubleValue() : Double.MAX_VALUE;
        double count = Math.min(last, steps.doubleValue()) - Math.max(0, first);
        return count >= 1 && count <= 10_000 ? count : 1;
    }

    private @Nullable Node entry(String id) {
        return graphKnown ? nodes.get(id) : nodes.computeIfAbsent(id, key -> new Node());
    }

    void cached(List<String> ids) {
        for (String id : ids) {
            cached.add(id);
            Node node = entry(id);
            if (node != null) {
                node.done = true;
            }
        }
    }

    void started(String displayId, long now) {
        current = displayId;
        Node node = entry(displayId);
        if (node != null && node.startedAt == 0) {
            node.startedAt = now;
        }
    }

    void step(String id, double value, double max) {
        Node node = entry(id);
        if (node != null) {
            node.value = value;
            node.max = max;
        }
    }

    /**
     * Takes what a {@code progress_state} says of a node.
     *
     * @return whether the node has just been finished
     */
    boolean state(NodeState told, long now) {
        Node node = entry(told.node());
        if (node == null || node.done) {
            return false;
        }
        node.value = told.value();
        node.max = told.max();
        if (!told.state().equals("finished")) {
            return false;
        }
        node.done = true;
        if (node.startedAt != 0) {
            node.endedAt = now;
        }
        return true;
    }

    /** The server is done with the nodes. */
    void ended(long now) {
        for (Node node : nodes.values()) {
            if (node.startedAt != 0 && node.endedAt == 0) {
                node.endedAt = now;
            }
        }
        current = null;
    }

    @Nullable
    String current() {
        return current;
    }

    List<String> cachedNodes() {
        return List.copyOf(cached);
    }

    Map<String, Duration> times() {
        Map<String, Duration> times = new LinkedHashMap<>();
        nodes.forEach((id, node) -> {
            if (node.startedAt != 0 && node.endedAt != 0) {
                times.put(id, Duration.ofNanos(node.endedAt - node.startedAt));
            }
        });
        return times;
    }

    Progress snapshot(boolean succeeded, OptionalInt position) {
        double all = 0;
        double done = 0;
        int nodesDone = 0;
        for (Node node : nodes.values()) {
            double weight = node.max > 0 ? Math.max(1, node.max) : node.weight;
            all += weight;
            if (node.done || succeeded) {
                done += weight;
                nodesDone++;
            } else if (node.max > 0) {
                done += weight * Math.min(1, Math.max(0, node.value / node.max));
            }
        }
        highest = succeeded ? 1 : Math.max(highest, all == 0 ? 0 : done / all);
        Node at = current == null ? null : nodes.get(current);
        return new Progress(
                highest,
                Optional.ofNullable(current),
                at == null ? 0 : at.value,
                at == null ? 0 : at.max,
                nodesDone,
                nodes.size(),
                position);
    }
}
