package io.github.comfyeks.convert.internal;

import io.github.comfyeks.schema.Autogrow;
import io.github.comfyeks.schema.InputSchema;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.workflow.WorkflowNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which input sockets a node is drawn with: all that its class has, of repeated ones those that are linked. */
final class Sockets {
    /**
     * One of them.
     *
     * @param isWidget whether a widget stands behind it; it is drawn only if it is linked
     */
    record Socket(String name, String type, boolean isWidget) {}

    private final WorkflowNode node;
    private final Set<String> linked;
    private final List<Socket> sockets = new ArrayList<>();

    private Sockets(WorkflowNode node) {
        this.node = node;
        this.linked = new LinkedHashSet<>(node.links().keySet());
    }

    static List<Socket> of(WorkflowNode node, NodeSchema schema) {
        Sockets all = new Sockets(node);
        WidgetTypes.inOrder(schema).forEach(input -> all.add(input, input.name()));
        return all.withOthers();
    }

    static List<Socket> ofUnknown(WorkflowNode node) {
        return new Sockets(node).withOthers();
    }

    private List<Socket> withOthers() {
        List.copyOf(linked).forEach(name -> put(name, "*", false));
        return sockets;
    }

    private void add(InputSchema input, String name) {
        if (input.isAutogrow()) {
            String type = input.autogrow()
                    .map(Autogrow::input)
                    .map(InputSchema::type)
                    .map(Sockets::shown)
                    .orElse("*");
            for (String slot : List.copyOf(linked)) {
                if (slot.startsWith(name + ".")) {
                    put(slot, type, false);
                }
            }
        } else if (!WidgetTypes.isWidget(input)) {
            put(name, shown(input.type()), false);
        } else if (linked.contains(name)) {
            put(name, shown(input.type()), true);
        }
        if (input.isDynamicCombo()) {
            Optional<Object> key = node.inputs().containsKey(name)
                    ? Optional.ofNullable(node.inputs().get(name))
                    : WidgetTypes.initial(input);
            key.flatMap(chosen -> WidgetTypes.option(input, chosen))
                    .ifPresent(option -> option.inputs().forEach(sub -> add(sub, name + "." + sub.name())));
        }
    }

    private void put(String name, String type, boolean isWidget) {
        linked.remove(name);
        sockets.add(new Socket(name, type, isWidget));
    }

    /** What follows its links is drawn as any. */
    static String shown(String type) {
        return type.equals(WidgetTypes.MATCH_TYPE) || type.isEmpty() ? "*" : type;
    }
}
