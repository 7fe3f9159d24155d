package io.github.comfyeks.convert.internal;

import io.github.comfyeks.schema.InputSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * PrimitiveNode: it writes its value into the widgets that its links reach, and its links are none. The value is fitted twice: to
 * the limits and the step that its targets have in common, and then to each target's own.
 */
final class Primitives {
    static final String TYPE = "PrimitiveNode";

    private record Target(Map<String, Widget> widgets, Widget widget) {}

    private Primitives() {}

    static void apply(FileModel file, UiGraph graph) {
        Map<UiNode, List<Target>> reached = new LinkedHashMap<>();
        graph.links.forEach((id, link) -> {
            UiNode origin = graph.byId.get(link.originId());
            UiNode target = graph.byId.get(link.targetId());
            if (origin == null || target == null || !origin.type.equals(TYPE) || file.isDefinition(target.type)) {
                return;
            }
            Map<String, Widget> widgets = file.widgets(target);
            target.inputs.stream() // by the link's own number: its slot may be stale
                    .filter(slot -> id.equals(slot.link()))
                    .map(slot -> widgets.get(slot.widget() == null ? slot.name() : slot.widget()))
                    .filter(Objects::nonNull)
                    .forEach(widget -> reached.computeIfAbsent(origin, node -> new ArrayList<>())
                            .add(new Target(widgets, widget)));
        });
        reached.forEach(Primitives::write);
    }

    private static void write(UiNode primitive, List<Target> targets) {
        List<@Nullable Object> values = Data.list(primitive.widgetsValues);
        if (values.isEmpty()) {
            return;
        }
        Limits common = null;
        for (Target target : targets) {
            Limits own = Limits.of(target.widget.schema());
            common = common == null ? own : own == null ? common : common.with(own);
        }
        Object value = common == null ? values.get(0) : common.fit(values.get(0));
        for (Target target : targets) {
            Limits own = Limits.of(target.widget.schema());
            Object fitted = own == null ? value : own.fit(value);
            target.widgets.put(target.widget.name(), target.widget.with(fitted));
        }
    }

    /** The schema of a number's widget as far as the editor's number field goes by it. */
    private record Limits(InputSchema schema, double min, double max, double step) {
        /** Of an input that is no number none. */
        static @Nullable Limits of(@Nullable InputSchema schema) {
            if (schema == null || !List.of("INT", "FLOAT").contains(schema.type())) {
                return null;
            }
            boolean whole = schema.type().equals("INT");
            return new Limits(
                    schema,
                    schema.min().map(Number::doubleValue).orElse(whole ? 0.0 : Double.NEGATIVE_INFINITY),
                    schema.max().map(Number::doubleValue).orElse(Double.POSITIVE_INFINITY),
                    schema.step()
                            .map(Number::doubleValue)
                            .filter(step -> step > 0)
                            .orElse(whole ? 1.0 : 0.5));
        }

        /** What both allow; this one alone if the steps do not go into one another or the inputs differ otherwise. */
        Limits with(Limits other) {
            double larger = Math.max(step, other.step);
            boolean fit = larger % Math.min(step, other.step) == 0
                    && schema.type().equals(other.schema.type())
                    && schema.option("round").equals(other.schema.option("round"))
                    && schema.flag("advanced") == other.schema.flag("advanced");
            double lowest = Math.max(min, other.min);
            double highest = Math.min(max, other.max);
            return fit ? new Limits(schema, lowest, highest, larger) : this;
        }

        @Nullable
        Object fit(@Nullable Object value) {
            double number = value instanceof Number given ? given.doubleValue() : Data.parsed(value);
            if (Double.isNaN(number)) {
                return value;
            }
            double within = Math.min(Math.max(number, min), max);
            double fitted = schema.type().equals("INT") ? whole(within) : real(within);
            return value instanceof Number && fitted == number ? value : (Object) fitted;
        }

        private double whole(double value) {
            double offset = step == 1 || Double.isInfinite(min) ? 0 : min % step;
            double rounded = Math.floor((value - offset) / step + 0.5) * step + offset;
            return Math.max(rounded, min);
        }

        /** By {@code round}, and to the digits of the step. */
        private double real(double value) {
            double digits = Math.max(0, -Math.floor(Math.log10(step)));
            Object round = schema.option("round").orElse(true);
            if (round.equals(false)) {
                return value;
            }
            double unit = round instanceof Number number ? number.doubleValue() : Math.pow(10, -digits);
            double rounded = Math.floor(value / unit + 0.5) * unit;
            double scale = Math.pow(10, digits);
            return Math.min(Math.max(Math.floor(rounded * scale + 0.5) / scale, min), max);
        }
    }
}
