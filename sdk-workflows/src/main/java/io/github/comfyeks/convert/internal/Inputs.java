package io.github.comfyeks.convert.internal;

import io.github.comfyeks.schema.Autogrow;
import io.github.comfyeks.schema.DynamicOption;
import io.github.comfyeks.schema.InputSchema;
import io.github.comfyeks.schema.NodeSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which of a file's input slots the node still has on this server. */
final class Inputs {
    private Inputs() {}

    static boolean isThere(NodeSchema schema, Map<String, Widget> widgets, UiNode node, UiNode.Slot slot) {
        String name = slot.name();
        if (widgets.containsKey(name) || schema.input(name).isPresent()) {
            return true;
        }
        int dot = name.indexOf('.');
        Optional<InputSchema> base = dot < 0 ? Optional.empty() : schema.input(name.substring(0, dot));
        if (base.isPresent() && base.get().type().equals(WidgetTypes.DYNAMIC_COMBO)) {
            return isInOption(base.get(), name.substring(0, dot), name.substring(dot + 1), widgets, node);
        }
        return slot.widget() == null;
    }

    private static boolean isInOption(
            InputSchema combo, String prefix, String rest, Map<String, Widget> widgets, UiNode node) {
        Widget chosen = widgets.get(prefix);
        Optional<DynamicOption> option = chosen == null ? Optional.empty() : WidgetTypes.option(combo, chosen.value());
        for (InputSchema input : option.map(DynamicOption::inputs).orElse(List.of())) {
            if (input.name().equals(rest)) {
                return true;
            }
            String below = input.name() + ".";
            if (!rest.startsWith(below)) {
                continue;
            }
            String inner = rest.substring(below.length());
            String name = prefix + "." + input.name();
            if (input.type().equals(WidgetTypes.DYNAMIC_COMBO)) {
                return isInOption(input, name, inner, widgets, node);
            }
            return input.autogrow()
                    .map(grown -> isGrown(grown, name, inner, node))
                    .orElse(true);
        }
        return false;
    }

    /** The page rebuilds such a group: one slot more than it must have, and another while the last one is linked. */
    private static boolean isGrown(Autogrow autogrow, String group, String slot, UiNode node) {
        List<String> names = new ArrayList<>();
        int most = autogrow.names().isEmpty()
                ? autogrow.max().orElse(100)
                : autogrow.names().size();
        int count = Math.min(most, Math.max(1, autogrow.min() + 1));
        for (int i = 0; i < count; i++) {
            String name = autogrow.slot(i);
            names.add(name);
            UiNode.Slot there = node.input(group + "." + name);
            if (i == count - 1 && there != null && there.link() != null && count < most) {
                count++;
            }
        }
        return names.contains(slot);
    }
}
