package io.github.comfyeks.convert.internal;

import io.github.comfyeks.convert.internal.UiGraph.UiLink;
import io.github.comfyeks.convert.internal.UiNode.Slot;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which inputs of subgraphs stand for a widget inside, so that the widget is one of the host's. Looks once at each input. */
final class Promotions {
    /** The widget: of a plain node, or of an instance that promotes it in turn. */
    record Promoted(UiNode node, Slot slot) {}

    private record Input(UiGraph graph, int index) {}

    private final FileModel file;
    private final Map<Input, Optional<Promoted>> known = new HashMap<>();

    Promotions(FileModel file) {
        this.file = file;
    }

    /** The first widget behind the input; empty if there is none. */
    Optional<Promoted> of(UiGraph graph, int index) {
        Input input = new Input(graph, index);
        Optional<Promoted> before = known.putIfAbsent(input, Optional.empty()); // so that circles end
        if (before != null) {
            return before;
        }
        Optional<Promoted> found = find(graph, index);
        known.put(input, found);
        return found;
    }

    private Optional<Promoted> find(UiGraph graph, int index) {
        for (UiNode node : graph.nodes) {
            for (Slot slot : node.inputs) {
                UiLink link = slot.link() == null ? null : graph.links.get(slot.link());
                if (link != null
                        && link.originId().equals(UiGraph.INPUT_NODE)
                        && link.originSlot() == index
                        && isWidget(node, slot)) {
                    return Optional.of(new Promoted(node, slot));
                }
            }
        }
        return Optional.empty();
    }

    private boolean isWidget(UiNode node, Slot slot) {
        if (file.isDefinition(node.type)) {
            UiGraph inside = file.definition(node.type);
            int input = inside.inputIndex(slot.name());
            return input >= 0 && of(inside, input).isPresent();
        }
        return file.widgets(node).containsKey(slot.name());
    }
}
