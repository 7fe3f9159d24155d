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
import org.jspecify.annotations.Nullable;

/** An editor's file with everything in it that conversions look up. */
final class FileModel {
    final UiGraph root;
    final ObjectInfo objectInfo;
    private final Map<String, UiGraph> definitions = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> newIds;
    private final Map<UiNode, Map<String, Widget>> widgets = new HashMap<>();

    FileModel(Map<String, Object> file, ObjectInfo objectInfo) {
        this.objectInfo = objectInfo;
        List<Map<String, Object>> raw = new ArrayList<>();
        collect(file, raw);
        this.newIds = Numbering.of(file, raw);
        this.root = UiGraph.read(file, Map.of());
        for (Map<String, Object> definition : raw) {
            String id = Data.text(definition.get("id"));
            definitions.put(id, UiGraph.read(definition, newIds(id)));
        }
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

    /** The node's widgets with the file's values; none for a class that the server lacks. */
    Map<String, Widget> widgets(UiNode node) {
        return widgets.computeIfAbsent(node, each -> {
            NodeSchema schema = schema(each);
            return schema == null ? new HashMap<>() : Widgets.read(each, schema);
        });
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
