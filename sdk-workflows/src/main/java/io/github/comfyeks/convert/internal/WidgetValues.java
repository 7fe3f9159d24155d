package io.github.comfyeks.convert.internal;

import io.github.comfyeks.schema.DynamicOption;
import io.github.comfyeks.schema.InputSchema;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.workflow.WorkflowNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes a node's {@code widgets_values}: what {@link Widgets} reads. */
final class WidgetValues {
    /** Keeps a value as it is after each run. */
    private static final String CONTROL = "fixed";

    private static final Pattern BRACE = Pattern.compile("[{}]|(?<=\\\\)\\|");
    private static final Pattern COMMENT = Pattern.compile("/(?=[/*])");
    private static final String LIST = "__value__";

    private final WorkflowNode node;
    private final Map<String, InputSchema> widgets = new LinkedHashMap<>();
    private final List<@Nullable Object> values = new ArrayList<>();
    /** How many of them there are up to the last that is not simply absent, as that of an empty combo may be. */
    private int said;

    private WidgetValues(WorkflowNode node) {
        this.node = node;
    }

    static WidgetValues of(WorkflowNode node, NodeSchema schema) {
        WidgetValues written = new WidgetValues(node);
        for (InputSchema input : WidgetTypes.inOrder(schema)) {
            written.write(input, input.name());
            if (schema.classType().equals("Load3D") && input.name().equals("model_file")) {
                written.browserOnly("upload 3d model", "upload3dmodel");
                written.browserOnly("upload extra resources", "uploadExtraResources");
                written.browserOnly("clear", "clear");
            }
        }
        if (schema.classType().equals("CustomCombo")) {
            written.customCombo();
        }
        written.values.subList(written.said, written.values.size()).clear();
        return written;
    }

    /** Of a class that nobody knows: the values in their order, with the slot that the editor keeps behind every seed. */
    static WidgetValues ofUnknown(WorkflowNode node) {
        WidgetValues written = new WidgetValues(node);
        node.inputs().forEach((name, value) -> {
            if (node.link(name).isEmpty()) {
                written.values.add(unwrapped(value));
                if (WidgetTypes.isSeed(name) && value instanceof Number) {
                    written.values.add(CONTROL);
                }
            }
        });
        return written;
    }

    /** The widgets by the names under which they are sent, in the editor's order. */
    Map<String, InputSchema> widgets() {
        return widgets;
    }

    /** What goes into the file. */
    List<@Nullable Object> values() {
        return values;
    }

    private void write(InputSchema input, String name) {
        if (!WidgetTypes.isWidget(input)) {
            return;
        }
        widgets.put(name, input);
        if (WidgetTypes.type(input).equals(WidgetTypes.IMAGE_COMPARE)) {
            return; // is sent without being kept
        }
        Object value = value(input, name);
        values.add(value instanceof String text && input.flag("dynamicPrompts") ? escaped(text) : value);
        if (WidgetTypes.type(input).equals(WidgetTypes.BOUNDING_BOX)) {
            Map<String, Object> box = Data.map(value);
            for (String side : List.of("x", "y", "width", "height")) {
                values.add(box.getOrDefault(side, 0L));
            }
        } else {
            int slots = WidgetTypes.extraSlots(input, name);
            for (int i = 0; i < slots; i++) {
                values.add(i == 0 ? CONTROL : ""); // a combo's filter comes second
            }
        }
        said = value == null && !isWritten(name) ? said : values.size();
        if (WidgetTypes.isRefreshed(input)) {
            browserOnly("refresh", "refresh");
        }
        if (input.isDynamicCombo()) {
            Optional<DynamicOption> option = WidgetTypes.option(input, value);
            option.map(DynamicOption::inputs).orElse(List.of()).forEach(sub -> write(sub, name + "." + sub.name()));
        }
    }

    private @Nullable Object value(InputSchema input, String name) {
        return isWritten(name)
                ? unwrapped(node.inputs().get(name))
                : WidgetTypes.initial(input).orElse(null);
    }

    private boolean isWritten(String name) {
        return node.inputs().containsKey(name) && node.link(name).isEmpty();
    }

    private static @Nullable Object unwrapped(@Nullable Object value) {
        Map<String, Object> map = Data.map(value);
        return map.size() == 1 && map.get(LIST) instanceof List<?> list ? list : value;
    }

    private void browserOnly(String name, Object initial) {
        values.add(isWritten(name) ? node.inputs().get(name) : initial);
        said = values.size();
    }

    private void customCombo() {
        List<@Nullable Object> options = new ArrayList<>();
        for (int i = 1; isWritten("option" + i); i++) {
            options.add(node.inputs().get("option" + i));
        }
        values.add((long) options.indexOf(node.inputs().get("choice")));
        values.addAll(options);
        said = values.size();
    }

    /** So that the editor gives the text back, which takes braces for alternatives and slashes for comments. */
    private static String escaped(String text) {
        String braced = BRACE.matcher(text).replaceAll("\\\\$0");
        return COMMENT.matcher(braced).replaceAll("/{}");
    }
}
