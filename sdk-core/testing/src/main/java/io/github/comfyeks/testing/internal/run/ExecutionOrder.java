package io.github.comfyeks.testing.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which node comes next: among those that wait for nothing, output nodes and those that run beside others first, then what
 * leads to an output soonest. The order of the events depends on it (E4). Used by the run's thread alone.
 */
final class ExecutionOrder {
    /** What the order needs to know about nodes. */
    interface Nodes {
        boolean isCached(String nodeId);

        boolean isOutput(String nodeId);

        boolean isAsync(String nodeId);

        boolean isLazy(String nodeId, String input);
    }

    private final DynamicGraph graph;
    private final Nodes nodes;
    private final Set<String> pending = new LinkedHashSet<>();
    private final Map<String, Integer> blockers = new HashMap<>();
    private final Map<String, Set<String>> blocking = new LinkedHashMap<>();

    ExecutionOrder(DynamicGraph graph, Nodes nodes) {
        this.graph = graph;
        this.nodes = nodes;
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    /** Adds a node and everything that it needs. */
    void add(String nodeId) {
        Deque<String> todo = new ArrayDeque<>(List.of(nodeId));
        List<String[]> links = new ArrayList<>();
        while (!todo.isEmpty()) {
            String id = todo.removeLast();
            if (!pending.add(id)) {
                continue;
            }
            blockers.put(id, 0);
            blocking.put(id, new LinkedHashSet<>());
            graph.inputs(id).properties().forEach(field -> {
                JsonNode value = field.getValue();
                if (DynamicGraph.isLink(value) && !nodes.isLazy(id, field.getKey())) {
                    String from = value.get(0).textValue();
                    if (!nodes.isCached(from)) {
                        todo.addLast(from);
                    }
                    links.add(new String[] {from, id});
                }
            });
        }
        links.forEach(link -> require(link[0], link[1]));
    }

    /** Makes a node wait for another one. */
    void require(String from, String to) {
        if (nodes.isCached(from)) {
            return;
        }
        add(from);
        Set<String> waiting = blocking.get(from);
        if (waiting != null && waiting.add(to)) {
            block(to);
        }
    }

    /** Makes a node wait for something outside the graph. */
    void block(String nodeId) {
        blockers.merge(nodeId, 1, Integer::sum);
    }

    /** The end of {@link #block}. */
    void unblock(String nodeId) {
        blockers.merge(nodeId, -1, Integer::sum);
    }

    /** The next node, or null if all wait. */
    @Nullable
    String next() {
        List<String> ready =
                pending.stream().filter(id -> blockers.getOrDefault(id, 0) == 0).toList();
        if (ready.isEmpty()) {
            return null;
        }
        for (String id : ready) {
            if (nodes.isOutput(id) || nodes.isAsync(id)) {
                return id;
            }
        }
        for (String id : ready) {
            if (waitingFor(id).stream().anyMatch(nodes::isOutput)) {
                return id;
            }
        }
        for (String id : ready) {
            if (waitingFor(id).stream()
                    .flatMap(next -> waitingFor(next).stream())
                    .anyMatch(nodes::isOutput)) {
                return id;
            }
        }
        return ready.get(0);
    }

    private Set<String> waitingFor(String nodeId) {
        return blocking.getOrDefault(nodeId, Set.of());
    }

    /** The node has run: what waited for it waits no more. */
    void complete(String nodeId) {
        pending.remove(nodeId);
        waitingFor(nodeId).forEach(this::unblock);
        blocking.remove(nodeId);
    }
}
