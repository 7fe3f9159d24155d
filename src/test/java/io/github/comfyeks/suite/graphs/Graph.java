package io.github.comfyeks.suite.graphs;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A graph as plain data that may be broken.
 *
 * @param edits what was done to it after it had grown
 * @param nodes id → node
 */
public record Graph(List<String> edits, Map<String, Object> nodes) {
    @SuppressWarnings("unchecked")
    static Map<String, Object> inputs(Map<String, Object> node) {
        return (Map<String, Object>) Objects.requireNonNull(node.get("inputs"));
    }
}
