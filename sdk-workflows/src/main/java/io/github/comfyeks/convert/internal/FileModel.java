package io.github.comfyeks.convert.internal;

import io.github.comfyeks.schema.InputSchema;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.ObjectInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An editor's file with everything in it that conversions look up. */
final class FileModel {
    /** Of the node pack KJNodes. */
    static final String SET_NODE = "SetNode";

    static final String GET_NODE = "GetNode";

    final UiGraph root;
    final ObjectInfo objectInfo;
    final Promotions promotions = new Promotions(this);
    private final Map<String, UiGraph> definitions = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> newIds;
    private final Map<UiNode, Widgets> widgets = new HashMap<>();

    FileModel(Map<String, Object> file, ObjectInfo objectInfo) {
        this.objectInfo = objectInfo;
        List<Map<String, Object>> raw = new ArrayList<>();
        collect(file, raw);
        Numbering numbering = new Numbering(file, raw);
        this.newIds = numbering.newIds;
        GroupNodes groups = new GroupNodes(file, objectInfo, numbering);
        this.root = groups.read(file, Map.of());
        for (Map<String, Object> definition : raw) {
            String id = Data.text(definition.get("id"));
            definitions.put(id, groups.read(definition, newIds(id)));
        }
        definitions.putAll(groups.definitions());
        Primitives.apply(this, root);
        definitions.values().forEach(graph -> Primitives.apply(this, graph));
    }

    private static void collect(Map<String, Object> file, List<Map<String, Object>> into) {
        for (Object each : Data.list(Data.map(file.get("definitions")).get("subgraphs"))) {
            Map<String, Object> definition = Data.map(each);
            into.add(definition);
            collect(definition, into);
        }
    }

    boolean isDefinition(String type) {
        return definitions.containsKey(type);
    }

    UiGraph definition(String type) {
        return Objects.requireNonNull(definitions.get(type));
    }

    Map<String, String> newIds(String definition) {
        return newIds.getOrDefault(definition, Map.of());
    }

    @Nullable
    NodeSchema schema(UiNode node) {
        return objectInfo.find(node.type).orElse(null);
    }

    /** Whether it is one of the pair that carries a link by a name; only the editor knows them. */
    boolean isSetOrGet(UiNode node) {
        return (node.type.equals(SET_NODE) || node.type.equals(GET_NODE)) && schema(node) == null;
    }

    /** The node's widgets with the file's values; none for a class that the server lacks. */
    Map<String, Widget> widgets(UiNode node) {
        Widgets read = read(node);
        return read == null ? new HashMap<>() : read.byName();
    }

    /** What is odd about how many values the file has for the node. */
    Optional<String> widgetCount(UiNode node) {
        Widgets read = read(node);
        return read == null ? Optional.empty() : read.oddCount();
    }

    private @Nullable Widgets read(UiNode node) {
        NodeSchema schema = schema(node);
        return schema == null ? null : widgets.computeIfAbsent(node, each -> Widgets.read(each, schema));
    }

    /** Every node of the file, those of subgraphs after those of the root. */
    List<UiNode> allNodes() {
        List<UiNode> all = new ArrayList<>(root.nodes);
        definitions.values().forEach(graph -> all.addAll(graph.nodes));
        return all;
    }

    /** The node's inputs as the page has them: in the definition's order, and behind them what only the file has. */
    List<UiNode.Slot> slots(UiNode node) {
        NodeSchema schema = schema(node);
        if (schema == null) {
            return node.inputs;
        }
        List<UiNode.Slot> merged = new ArrayList<>();
        for (InputSchema input : WidgetTypes.inOrder(schema)) {
            UiNode.Slot own = node.input(input.name());
            boolean isGroup = input.type().equals(WidgetTypes.AUTOGROW);
            if (own != null) {
                merged.add(own);
            } else if (!isGroup && !input.socketless()) {
                merged.add(new UiNode.Slot(input.name(), input.type(), null, null));
            }
            for (UiNode.Slot slot : node.inputs) {
                if (slot.name().startsWith(input.name() + ".")) {
                    merged.add(slot);
                }
            }
        }
        node.inputs.stream().filter(slot -> !merged.contains(slot)).forEach(merged::add);
        return merged;
    }

    /** The type of an input: the definition's, if it has the input. */
    String inputType(UiNode node, UiNode.Slot slot) {
        if (isDefinition(node.type)) {
            UiGraph inside = definition(node.type);
            int input = inside.inputIndex(slot.name());
            return input < 0 ? slot.type() : inside.inputs.get(input).type();
        }
        NodeSchema schema = schema(node);
        if (schema == null) {
            return slot.type();
        }
        return schema.input(slot.name())
                .map(InputSchema::type)
                .filter(type -> !type.startsWith("COMFY_"))
                .orElse(slot.type());
    }
}
