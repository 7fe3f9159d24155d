package io.github.comfyeks.model.sync;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of every node. Immutable.
 *
 * @param generation what they were to reach
 * @param commands the ids of the commands that were sent, the first one first
 * @param nodes by id; of a node that was asked several times, the last outcome
 */
public record SyncReport(long generation, List<String> commands, Map<String, NodeOutcome> nodes) {
    public SyncReport {
        commands = List.copyOf(commands);
        nodes = Collections.unmodifiableMap(new TreeMap<>(nodes));
    }

    /** Whether every node reached it; also if there is no node. */
    public boolean isSuccess() {
        return failed().isEmpty();
    }

    /** The nodes that did not reach it. */
    public List<NodeOutcome> failed() {
        return nodes.values().stream().filter(node -> !node.isSuccess()).toList();
    }

    /** How many nodes reached it, then one line for each that did not. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("generation " + generation + ": " + (nodes.size() - failed().size())
                + " of " + nodes.size() + " nodes reached it");
        failed().forEach(node -> text.append('\n').append(node));
        return text.toString();
    }
}
