package io.github.comfyeks.testing.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The graph of a run with what expanded nodes have added to it (E13). Used by the run's thread alone. */
final class DynamicGraph {
    private final ObjectNode original;
    private final Map<String, JsonNode> added = new HashMap<>();
    private final Map<String, String> parents = new HashMap<>();

    DynamicGraph(ObjectNode original) {
        this.original = original;
    }

    ObjectNode original() {
        return original;
    }

    boolean has(String nodeId) {
        return added.containsKey(nodeId) || original.has(nodeId);
    }

    JsonNode node(String nodeId) {
        JsonNode node = added.get(nodeId);
        if (node == null) {
            node = original.get(nodeId);
        }
        if (node == null) {
            throw new IllegalStateException("Node " + nodeId + " not found");
        }
        return node;
    }

    JsonNode inputs(String nodeId) {
        return node(nodeId).path("inputs");
    }

    String classType(String nodeId) {
        return node(nodeId).path("class_type").asText();
    }

    void add(String nodeId, JsonNode node, String parentId) {
        added.put(nodeId, node);
        parents.put(nodeId, parentId);
    }

    /** The node that this one is a part of, or null. */
    @Nullable
    String parent(String nodeId) {
        return parents.get(nodeId);
    }

    /** The node of the submitted graph that this one is, or belongs to. */
    String real(String nodeId) {
        String id = nodeId;
        for (String parent = parents.get(id); parent != null; parent = parents.get(id)) {
            id = parent;
        }
        return id;
    }

    Set<String> originalIds() {
        Set<String> ids = new LinkedHashSet<>();
        for (Iterator<String> it = original.fieldNames(); it.hasNext(); ) {
            ids.add(it.next());
        }
        return ids;
    }

    /** Whether a value is a link: a list of a node id and a slot. */
    static boolean isLink(JsonNode value) {
        return value.isArray()
                && value.size() == 2
                && value.get(0).isTextual()
                && value.get(1).isNumber();
    }
}
