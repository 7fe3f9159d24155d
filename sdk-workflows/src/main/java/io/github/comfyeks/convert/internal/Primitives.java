package io.github.comfyeks.convert.internal;

import io.github.comfyeks.convert.internal.UiGraph.UiLink;
import io.github.comfyeks.convert.internal.UiNode.Slot;
import io.github.comfyeks.schema.InputSchema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** PrimitiveNode: it writes its value into the widgets that its links reach, and its links are none. */
final class Primitives {
    static final String TYPE = "PrimitiveNode";

    private Primitives() {}

    static void apply(FileModel file, UiGraph graph) {
        for (UiLink link : graph.links.values()) {
            UiNode origin = graph.byId.get(link.originId());
            UiNode target = graph.byId.get(link.targetId());
            if (origin == null
                    || target == null
                    || !origin.type.equals(TYPE)
                    || file.isDefinition(target.type)
                    || link.targetSlot() >= target.inputs.size()) {
                continue;
            }
            Slot slot = target.inputs.get(link.targetSlot());
            Map<String, Widget> widgets = file.widgets(target);
            Widget widget = widgets.get(slot.widget() == null ? slot.name() : slot.widget());
            Object value = Data.list(origin.widgetsValues).stream().findFirst().orElse(null);
            if (widget != null && value != null) {
                widgets.put(widget.name(), widget.with(fitted(widget.schema(), value)));
            }
        }
    }

    /** Within the limits of the widget. */
    private static Object fitted(@Nullable InputSchema schema, Object value) {
        if (schema == null || !(value instanceof Number number)) {
            return value;
        }
        double fitted = number.doubleValue();
        if (schema.min().isPresent()) {
            fitted = Math.max(fitted, schema.min().get().doubleValue());
        }
        if (schema.max().isPresent()) {
            fitted = Math.min(fitted, schema.max().get().doubleValue());
        }
        return fitted == number.doubleValue() ? value : (Object) fitted;
    }
}
