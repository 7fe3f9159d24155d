package io.github.comfyeks.testing.internal.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an execution of a node gave.
 *
 * @param outputs one value a slot; a {@link Blocker} stops what depends on it
 * @param ui what the client is shown, or null
 * @param expansion the graph that takes the node's place, or null
 * @param pending the steps still to come, or null: the node then runs beside others
 */
public record NodeResult(
        List<Object> outputs,
        @Nullable ObjectNode ui,
        @Nullable Expansion expansion,
        @Nullable Pending pending) {

    public static NodeResult of(Object... outputs) {
        return new NodeResult(List.of(outputs), null, null, null);
    }

    public static NodeResult of(List<Object> outputs) {
        return new NodeResult(List.copyOf(outputs), null, null, null);
    }

    /** The same with something to show. */
    public NodeResult withUi(ObjectNode shown) {
        return new NodeResult(outputs, shown, expansion, pending);
    }

    /** A graph in place of an answer. */
    public static NodeResult expanded(ObjectNode graph, List<JsonNode> results) {
        return new NodeResult(List.of(), null, new Expansion(graph, results), null);
    }

    /** An answer later. */
    public static NodeResult later(int steps, Duration delay, Object output) {
        return new NodeResult(List.of(output), null, null, new Pending(steps, delay));
    }

    /**
     * @param graph nodes by their full ids, such as {@code 5.0.0.1}
     * @param results a link into that graph for each slot
     */
    public record Expansion(ObjectNode graph, List<JsonNode> results) {}

    /** Steps that each take a while, reported as progress. */
    public record Pending(int steps, Duration delay) {}

    /**
     * In place of a value: what depends on it does not run (E14).
     *
     * @param message what the client is told, or null for nothing
     */
    public record Blocker(@Nullable String message) {}
}
