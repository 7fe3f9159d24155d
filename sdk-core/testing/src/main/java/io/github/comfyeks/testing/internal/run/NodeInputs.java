package io.github.comfyeks.testing.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.comfyeks.testing.internal.nodes.NodeFailure;
import io.github.comfyeks.testing.internal.schema.DynamicInputs;
import io.github.comfyeks.testing.internal.schema.InputSpec;
import io.github.comfyeks.testing.internal.schema.NodeSchema;
import io.github.comfyeks.testing.internal.version.Version;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Puts a node's inputs together: literals as they are, links as what the other node gave. */
final class NodeInputs {
    private final DynamicGraph graph;
    private final NodeCache cache;
    private final Version version;
    private Map<String, Object> last = Map.of();

    NodeInputs(DynamicGraph graph, NodeCache cache, Version version) {
        this.graph = graph;
        this.cache = cache;
        this.version = version;
    }

    /** The inputs of the node that was started last. */
    Map<String, Object> last() {
        return last;
    }

    /** The inputs there are; unknown literals are dropped, a link to nothing is missing. */
    Map<String, Object> of(String id, NodeSchema schema) {
        JsonNode sent = graph.inputs(id);
        Map<String, InputSpec> specs = specs(schema, sent);
        Map<String, Object> inputs = new LinkedHashMap<>();
        Set<String> names = new java.util.LinkedHashSet<>(schema.isDynamic() ? specs.keySet() : Set.of());
        sent.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            JsonNode value = sent.get(name);
            if (value == null) {
                continue;
            }
            Object found = DynamicGraph.isLink(value) ? linked(value) : specs.containsKey(name) ? value : null;
            if (found != null) {
                inputs.put(name, found);
            }
        }
        last = inputs;
        return inputs;
    }

    private Map<String, InputSpec> specs(NodeSchema schema, JsonNode sent) {
        return DynamicInputs.resolve(
                schema, sent, version.isModern() ? DynamicInputs.Missing.REPORTED : DynamicInputs.Missing.UNCHECKED);
    }

    /** A link into an input that the class does not have reaches the node's code, which refuses it. */
    void refuseUnknownLinks(String id, NodeSchema schema) throws NodeFailure {
        JsonNode sent = graph.inputs(id);
        Map<String, InputSpec> specs = specs(schema, sent);
        TreeSet<String> unknown = new TreeSet<>();
        sent.properties().forEach(field -> {
            if (DynamicGraph.isLink(field.getValue()) && !specs.containsKey(field.getKey())) {
                unknown.add(field.getKey());
            }
        });
        if (!unknown.isEmpty()) {
            String method = schema.isDynamic() ? "execute" : "run";
            throw new NodeFailure(
                    "TypeError",
                    schema.classType() + "." + method + "() got an unexpected keyword argument '" + unknown.first()
                            + "'");
        }
    }

    /** What a link leads to, or null; a negative slot counts from the end (S5). */
    private @Nullable Object linked(JsonNode link) {
        NodeCache.Entry entry = cache.get(link.get(0).textValue());
        if (entry == null) {
            return null;
        }
        int slot = link.get(1).intValue();
        int index = slot < 0 ? entry.outputs().size() + slot : slot;
        return index >= 0 && index < entry.outputs().size() ? entry.outputs().get(index) : null;
    }

    /** What the links lead to. */
    List<Object> resolve(List<JsonNode> links) {
        List<Object> values = new ArrayList<>();
        for (JsonNode link : links) {
            Object value = linked(link);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }
}
