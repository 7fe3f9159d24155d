package io.github.comfyeks.testing.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.comfyeks.testing.internal.files.Folders;
import io.github.comfyeks.testing.internal.json.Json;
import io.github.comfyeks.testing.internal.nodes.NodeType;
import io.github.comfyeks.testing.internal.nodes.NodeTypes;
import io.github.comfyeks.testing.internal.schema.NodeSchema;
import io.github.comfyeks.testing.internal.schema.Schemas;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Results of nodes, by what went into them: a node whose class, inputs and ancestors are the same is not run again. Only the
 * last prompt's results are kept. Used by the worker's thread alone, but for {@link #clear}.
 */
final class NodeCache {
    /** What a node gave: its outputs, and what it showed ({@code output} and {@code meta}) or null. */
    record Entry(
            List<Object> outputs,
            @Nullable ObjectNode output,
            @Nullable ObjectNode meta) {}

    private final Schemas schemas;
    private final NodeTypes types;
    private final Folders folders;
    private final Map<String, Entry> entries = new HashMap<>();
    private final Map<String, String> keys = new HashMap<>();
    private final Map<String, String> fingerprints = new HashMap<>();
    private volatile boolean clearRequested;

    NodeCache(Schemas schemas, NodeTypes types, Folders folders) {
        this.schemas = schemas;
        this.types = types;
        this.folders = folders;
    }

    /** Forgets everything before the next run. */
    void clear() {
        clearRequested = true;
    }

    /** Starts a run: works out the keys of its nodes. */
    void begin(DynamicGraph graph) {
        keys.clear();
        fingerprints.clear();
        if (clearRequested) {
            clearRequested = false;
            entries.clear();
        }
        graph.originalIds().forEach(id -> keys.put(id, key(graph, id)));
        entries.keySet().retainAll(new HashSet<>(keys.values()));
    }

    /** Adds the nodes that took an expanded node's place; their results are kept apart from those of others. */
    void addExpansion(DynamicGraph graph, String parentId, Set<String> nodeIds) {
        nodeIds.forEach(id -> keys.put(id, keys.get(parentId) + " > " + key(graph, id)));
    }

    @Nullable
    Entry get(String nodeId) {
        String key = keys.get(nodeId);
        return key == null ? null : entries.get(key);
    }

    void put(String nodeId, Entry entry) {
        String key = keys.get(nodeId);
        if (key != null) {
            entries.put(key, entry);
        }
    }

    private String key(DynamicGraph graph, String nodeId) {
        List<String> ancestors = new ArrayList<>();
        Map<String, Integer> order = new HashMap<>();
        collect(graph, nodeId, ancestors, order);
        StringBuilder key = new StringBuilder();
        describe(graph, nodeId, order, key);
        ancestors.forEach(id -> describe(graph, id, order, key));
        return key.toString();
    }

    private void collect(DynamicGraph graph, String nodeId, List<String> ancestors, Map<String, Integer> order) {
        if (!graph.has(nodeId)) {
            return;
        }
        for (JsonNode value : sorted(graph.inputs(nodeId)).values()) {
            if (DynamicGraph.isLink(value)) {
                String id = value.get(0).textValue();
                if (!order.containsKey(id)) {
                    order.put(id, ancestors.size());
                    ancestors.add(id);
                    collect(graph, id, ancestors, order);
                }
            }
        }
    }

    private void describe(DynamicGraph graph, String nodeId, Map<String, Integer> order, StringBuilder key) {
        if (!graph.has(nodeId)) {
            key.append("?\n");
            return;
        }
        String classType = graph.classType(nodeId);
        key.append(classType).append('|').append(fingerprint(graph, nodeId, classType));
        NodeSchema schema = schemas.find(classType);
        if (schema != null && schema.wantsUniqueId()) {
            key.append("|#").append(nodeId);
        }
        sorted(graph.inputs(nodeId)).forEach((name, value) -> {
            key.append('|').append(name).append('=');
            if (DynamicGraph.isLink(value)) {
                key.append("->")
                        .append(order.get(value.get(0).textValue()))
                        .append(':')
                        .append(value.get(1));
            } else {
                key.append(Json.write(value));
            }
        });
        key.append('\n');
    }

    private String fingerprint(DynamicGraph graph, String nodeId, String classType) {
        NodeType type = types.find(classType);
        var function = type.fingerprint();
        return function == null
                ? ""
                : fingerprints.computeIfAbsent(nodeId, id -> function.apply(graph.inputs(id), folders));
    }

    private static Map<String, JsonNode> sorted(JsonNode inputs) {
        Map<String, JsonNode> sorted = new TreeMap<>();
        inputs.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
        return sorted;
    }
}
