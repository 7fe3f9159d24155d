package io.github.comfyeks.convert.internal;

import io.github.comfyeks.schema.InputSchema;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.ObjectInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes subgraphs of the group nodes of older editors ({@code workflow>NAME}, defined in {@code extra.groupNodes}), with the ids that
 * the page gives: the inner nodes get the next free ones, the instance the one behind them. Where the page loses something on the
 * way (a mode, a link into a reroute, values behind a hidden widget) it is kept here.
 */
final class GroupNodes {
    private static final int DEEPEST = 16;
    private static final int MOST = 1_000;

    private final Map<String, Object> groups;
    private final ObjectInfo objectInfo;
    private final Numbering numbering;
    private final Map<String, UiGraph> definitions = new LinkedHashMap<>();

    GroupNodes(Map<String, Object> file, ObjectInfo objectInfo, Numbering numbering) {
        this.groups = Data.map(Data.map(file.get("extra")).get("groupNodes"));
        this.objectInfo = objectInfo;
        this.numbering = numbering;
    }

    /** The subgraphs made so far, by id. */
    Map<String, UiGraph> definitions() {
        return definitions;
    }

    static boolean isGroup(String type) {
        return type.startsWith("workflow>") || type.startsWith("workflow/");
    }

    /** Reads a graph, with instances of subgraphs in the place of its group nodes. */
    UiGraph read(Map<String, Object> graph, Map<String, String> newIds) {
        return read(graph, newIds, 0);
    }

    private UiGraph read(Map<String, Object> graph, Map<String, String> newIds, int depth) {
        Map<String, String> ids = new HashMap<>(newIds);
        List<Object> nodes = new ArrayList<>();
        for (Object each : Data.list(graph.get("nodes"))) {
            Map<String, Object> node = Data.map(each);
            String type = Data.text(node.get("type"));
            Object group = isGroup(type) ? groups.get(type.substring("workflow>".length())) : null;
            if (group == null || depth > DEEPEST || definitions.size() > MOST) {
                nodes.add(node);
                continue;
            }
            Group made = new Group(Data.map(group), node);
            String definition = type + " " + made.id;
            definitions.put(definition, read(made.graph(type), Map.of(), depth + 1));
            ids.put(Data.id(node.get("id")), made.id);
            Map<String, Object> instance = new LinkedHashMap<>(node);
            instance.put("type", definition);
            instance.remove("widgets_values");
            nodes.add(instance);
        }
        Map<String, Object> expanded = new LinkedHashMap<>(graph);
        expanded.put("nodes", nodes);
        return UiGraph.read(expanded, ids);
    }

    /** One group node with what is in it. */
    private final class Group {
        /** An input of the group for one of an inner node. */
        private record Port(int node, String input, String name, String type) {}

        final String id;
        private final List<Map<String, Object>> nodes = new ArrayList<>();
        private final List<UiNode> inner = new ArrayList<>();
        private final Map<String, Object> config;
        private final List<List<@Nullable Object>> links = new ArrayList<>();
        private final List<List<@Nullable Object>> external = new ArrayList<>();
        private final List<Port> inputs = new ArrayList<>();
        private final List<Map<String, @Nullable Object>> values = new ArrayList<>();
        private final Map<String, Integer> seen = new HashMap<>();

        Group(Map<String, Object> group, Map<String, Object> instance) {
            config = Data.map(group.get("config"));
            Data.list(group.get("links")).forEach(link -> links.add(Data.list(link)));
            Data.list(group.get("external")).forEach(output -> external.add(Data.list(output)));
            for (Object each : Data.list(group.get("nodes"))) {
                Map<String, Object> node = new LinkedHashMap<>(Data.map(each));
                node.put("id", numbering.next());
                nodes.add(node);
                inner.add(UiNode.read(node, Map.of()));
                values.add(own(inner.get(inner.size() - 1)));
            }
            id = numbering.next();
            Widgets given = Widgets.over(Data.list(instance.get("widgets_values")));
            for (int i = 0; i < inner.size(); i++) {
                take(i, given, false);
            }
            for (int i = 0; i < inner.size(); i++) { // the editor has converted widgets behind all others
                take(i, given, true);
            }
        }

        private Map<String, @Nullable Object> own(UiNode node) {
            Map<String, @Nullable Object> own = new LinkedHashMap<>();
            objectInfo
                    .find(node.type)
                    .ifPresent(schema -> Widgets.read(node, schema).byName().forEach((name, widget) -> {
                        if (widget.present()) {
                            own.put(name, widget.value());
                        }
                    }));
            return own;
        }

        /** Gives an inner node its values and its inputs: first those that were never converted to a socket, then those that were. */
        private void take(int index, Widgets given, boolean converted) {
            UiNode node = inner.get(index);
            NodeSchema schema = objectInfo.find(node.type).orElse(null);
            if (schema == null) {
                if (!converted) {
                    takeVirtual(index, given);
                }
                return;
            }
            for (InputSchema input : WidgetTypes.inOrder(schema)) {
                boolean isWidget = WidgetTypes.isWidget(input);
                boolean isConverted = isWidget && node.input(input.name()) != null;
                if (isConverted != converted || isLinkedInside(index, input.name())) {
                    continue;
                }
                addInput(index, input.name(), input.type());
                Map<String, @Nullable Object> taken = isWidget ? given.take(input) : Map.of();
                if (!taken.isEmpty()) {
                    values.get(index)
                            .keySet()
                            .removeIf(name -> name.equals(input.name()) || name.startsWith(input.name() + "."));
                    values.get(index).putAll(taken);
                }
            }
        }

        /** A reroute, a primitive, or a group in the group. */
        private void takeVirtual(int index, Widgets given) {
            UiNode node = inner.get(index);
            String type = outputType(index);
            if (node.type.equals(Primitives.TYPE) && isLinkedInside(index, 0)) {
                int extra = type.equals("COMBO") ? 2 : type.equals("INT") || type.equals("FLOAT") ? 1 : 0;
                values.get(index).put("value", given.take(extra));
            } else if (node.type.equals("Reroute") && !node.inputs.isEmpty()) {
                if (!isLinkedInside(index, node.inputs.get(0).name())) {
                    addInput(index, node.inputs.get(0).name(), type);
                }
            } else {
                node.inputs.stream()
                        .filter(slot -> !isLinkedInside(index, slot.name()))
                        .forEach(slot -> addInput(index, slot.name(), slot.type()));
                Object own = Data.list(node.widgetsValues);
                nodes.get(index)
                        .put(
                                "widgets_values",
                                Data.list(own).stream()
                                        .map(each -> given.take(0))
                                        .toList());
            }
        }

        private void addInput(int index, String input, String type) {
            UiNode node = inner.get(index);
            String shown = node.type.equals("Reroute") ? type : input;
            Object renamed = setting(index, "input", input).get("name");
            String name = renamed instanceof String text ? text : shown;
            String key = name;
            if (seen.containsKey(name)) {
                String title = node.title.isEmpty() ? node.type : node.title;
                key = title + " " + shown;
                name = seen.containsKey(key) ? title + " " + seen.get(key) + " " + shown : key;
            }
            seen.merge(key, 1, Integer::sum);
            seen.putIfAbsent(name, 1);
            inputs.add(new Port(index, input, name, type));
        }

        private Map<String, Object> setting(int index, String side, String name) {
            return Data.map(Data.map(Data.map(config.get(String.valueOf(index))).get(side))
                    .get(name));
        }

        private boolean isLinkedInside(int index, String input) {
            return links.stream().anyMatch(link -> at(link, 2) == index && input.equals(inputName(index, at(link, 3))));
        }

        private boolean isLinkedInside(int index, int output) {
            return links.stream().anyMatch(link -> at(link, 0) == index && at(link, 1) == output);
        }

        private @Nullable String inputName(int index, int slot) {
            List<UiNode.Slot> slots = index < inner.size() ? inner.get(index).inputs : List.of();
            return slot >= 0 && slot < slots.size() ? slots.get(slot).name() : null;
        }

        private String outputType(int index) {
            for (List<@Nullable Object> link : links) {
                if (at(link, 0) == index && link.size() > 5) {
                    return Data.type(link.get(5));
                }
            }
            return inner.get(index).outputType(0);
        }

        private static int at(List<@Nullable Object> link, int position) {
            return position < link.size() ? Data.integer(link.get(position), -1) : -1;
        }

        // ---- the subgraph, as files have them ----

        Map<String, Object> graph(String type) {
            List<Object> written = new ArrayList<>();
            Map<Integer, List<Object>> sockets = new HashMap<>();
            for (List<@Nullable Object> link : links) {
                String input = inputName(at(link, 2), at(link, 3));
                if (input != null && at(link, 0) >= 0 && at(link, 0) < nodes.size()) {
                    Object origin = inner.get(at(link, 0)).id;
                    connect(written, sockets, origin, at(link, 1), at(link, 2), input, outputType(at(link, 0)));
                }
            }
            for (int i = 0; i < inputs.size(); i++) {
                Port port = inputs.get(i);
                connect(written, sockets, UiGraph.INPUT_NODE, i, port.node, port.input, port.type);
            }
            List<Object> outputs = outputs(written);
            List<Object> whole = new ArrayList<>();
            for (int i = 0; i < nodes.size(); i++) {
                Map<String, Object> node = new LinkedHashMap<>(nodes.get(i));
                node.put("inputs", sockets.getOrDefault(i, List.of()));
                if (inner.get(i).type.equals(Primitives.TYPE)) {
                    node.put("widgets_values", new ArrayList<>(values.get(i).values()));
                } else if (objectInfo.find(inner.get(i).type).isPresent()) {
                    node.put("widgets_values", values.get(i));
                }
                whole.add(node);
            }
            List<Object> ports = new ArrayList<>();
            inputs.forEach(port -> ports.add(Map.of("name", port.name, "type", port.type)));
            return Map.of(
                    "name",
                    type.substring("workflow>".length()),
                    "nodes",
                    whole,
                    "links",
                    written,
                    "inputs",
                    ports,
                    "outputs",
                    outputs);
        }

        private void connect(
                List<Object> written,
                Map<Integer, List<Object>> sockets,
                Object origin,
                int originSlot,
                int target,
                String input,
                String type) {
            List<Object> slots = sockets.computeIfAbsent(target, node -> new ArrayList<>());
            int link = written.size() + 1;
            written.add(List.of(link, origin, originSlot, inner.get(target).id, slots.size(), type));
            UiNode.Slot old = inner.get(target).input(input);
            Map<String, Object> slot = new LinkedHashMap<>();
            slot.put("name", input);
            slot.put("type", old == null ? type : old.type());
            slot.put("link", link);
            if (old != null && old.widget() != null) {
                slot.put("widget", Map.of("name", old.widget()));
            }
            slots.add(slot);
        }

        /** Those that lead nowhere inside, and those that lead out as well. */
        private List<Object> outputs(List<Object> written) {
            List<Object> outputs = new ArrayList<>();
            for (int i = 0; i < inner.size(); i++) {
                int index = i;
                if (inner.get(i).type.equals(Primitives.TYPE)) {
                    continue;
                }
                List<String> types = inner.get(i).outputTypes;
                for (int k = 0; k < types.size(); k++) {
                    int slot = k;
                    boolean leadsOut = external.stream().anyMatch(each -> at(each, 0) == index && at(each, 1) == slot);
                    Object visible = setting(i, "output", String.valueOf(k)).get("visible");
                    if (visible instanceof Boolean shown ? shown : leadsOut || !isLinkedInside(i, k)) {
                        written.add(List.of(
                                written.size() + 1,
                                inner.get(i).id,
                                k,
                                UiGraph.OUTPUT_NODE,
                                outputs.size(),
                                types.get(k)));
                        outputs.add(Map.of("name", types.get(k), "type", types.get(k)));
                    }
                }
            }
            return outputs;
        }
    }
}
