package io.github.comfyeks.convert.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One level of an editor's file: the root, or the inside of a subgraph. Read once; nodes in the file's order. */
final class UiGraph {
    /** What links from a subgraph's inputs name as their origin. */
    static final String INPUT_NODE = "-10";

    /** What links to a subgraph's outputs name as their target. */
    static final String OUTPUT_NODE = "-20";

    /**
     * A named and typed end of a subgraph.
     *
     * @param label what the artist renamed it to; its name if not
     */
    record Port(String name, String type, String label) {}

    /** Of links only what the page itself looks at. */
    record UiLink(String originId, int originSlot, String targetId, int targetSlot, String type) {}

    final String name;
    final List<UiNode> nodes = new ArrayList<>();
    final Map<String, UiNode> byId = new LinkedHashMap<>();
    final Map<String, UiLink> links = new LinkedHashMap<>();
    /** By the output that they lead to; of several the first. */
    final Map<Integer, UiLink> toOutputs = new HashMap<>();

    final List<Port> inputs;
    final List<Port> outputs;

    private UiGraph(String name, List<Port> inputs, List<Port> outputs) {
        this.name = name;
        this.inputs = inputs;
        this.outputs = outputs;
    }

    /**
     * @param raw the object that has {@code nodes} and {@code links}
     * @param newIds ids of nodes that are others here (see {@link Numbering})
     */
    static UiGraph read(Map<String, Object> raw, Map<String, String> newIds) {
        UiGraph graph = new UiGraph(Data.text(raw.get("name")), ports(raw.get("inputs")), ports(raw.get("outputs")));
        for (Object each : Data.list(raw.get("nodes"))) {
            UiNode node = UiNode.read(Data.map(each), newIds);
            graph.nodes.add(node);
            graph.byId.putIfAbsent(node.id, node);
        }
        Object links = raw.get("links");
        for (Object each : Data.list(links)) {
            graph.addLink(each, newIds);
        }
        return graph;
    }

    /** Which input has the name; -1 if none. */
    int inputIndex(String input) {
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).name().equals(input)) {
                return i;
            }
        }
        return -1;
    }

    private static List<Port> ports(@Nullable Object raw) {
        List<Port> ports = new ArrayList<>();
        for (Object each : Data.list(raw)) {
            Map<String, Object> port = Data.map(each);
            String name = Data.text(port.get("name"));
            String label = Data.text(port.get("label"));
            ports.add(new Port(name, Data.type(port.get("type")), label.isEmpty() ? name : label));
        }
        return ports;
    }

    private void addLink(@Nullable Object raw, Map<String, String> newIds) {
        if (raw instanceof List<?> list && list.size() >= 5) {
            add(
                    list.get(0),
                    list.get(1),
                    list.get(2),
                    list.get(3),
                    list.get(4),
                    list.size() > 5 ? list.get(5) : null,
                    newIds);
        } else if (raw instanceof Map<?, ?> map) {
            add(
                    map.get("id"),
                    map.get("origin_id"),
                    map.get("origin_slot"),
                    map.get("target_id"),
                    map.get("target_slot"),
                    map.get("type"),
                    newIds);
        }
    }

    private void add(
            @Nullable Object id,
            @Nullable Object originId,
            @Nullable Object originSlot,
            @Nullable Object targetId,
            @Nullable Object targetSlot,
            @Nullable Object type,
            Map<String, String> newIds) {
        String origin = Data.id(originId);
        String target = Data.id(targetId);
        UiLink link = new UiLink(
                newIds.getOrDefault(origin, origin),
                Data.integer(originSlot, 0),
                newIds.getOrDefault(target, target),
                Data.integer(targetSlot, 0),
                Data.type(type));
        links.put(Data.id(id), link);
        if (target.equals(OUTPUT_NODE)) {
            toOutputs.putIfAbsent(link.targetSlot(), link);
        }
    }
}
