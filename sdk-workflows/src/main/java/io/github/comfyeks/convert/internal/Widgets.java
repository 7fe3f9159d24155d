package io.github.comfyeks.convert.internal;

import io.github.comfyeks.schema.DynamicOption;
import io.github.comfyeks.schema.InputSchema;
import io.github.comfyeks.schema.NodeSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a node's {@code widgets_values}: which widget gets which, and what nobody wrote down. */
final class Widgets {
    /** Classes to whose last the editor adds a picture that is never saved. */
    private static final Set<String> WITH_IMAGE = Set.of("SaveGLB", "Preview3D");

    /** What marks an input for which the editor puts a player or a button at the end of the values, and how many. */
    private static final Map<String, Integer> UPLOADS =
            Map.of("image_upload", 1, "animated_image_upload", 1, "video_upload", 1, "audio_upload", 2);

    private final Map<String, Widget> widgets = new LinkedHashMap<>();
    private final List<@Nullable Object> values;
    private final Map<String, Object> named;
    private int at;
    private int least;
    private int most;

    private Widgets(List<@Nullable Object> values, Map<String, Object> named) {
        this.values = values;
        this.named = named;
    }

    /** To read value after value of a list that several nodes share. */
    static Widgets over(List<@Nullable Object> values) {
        return new Widgets(values, Map.of());
    }

    /** The next input's values, by name; of a dynamic combo also those of its choice. Empty at the end of the list. */
    Map<String, @Nullable Object> take(InputSchema input) {
        Map<String, @Nullable Object> taken = new LinkedHashMap<>();
        if (at < values.size()) {
            widgets.clear();
            read(input, input.name());
            widgets.forEach((name, widget) -> taken.put(name, widget.value()));
        }
        return taken;
    }

    /** The next value of a list, with so many behind it that hold nothing that is sent. */
    @Nullable
    Object take(int extraSlots) {
        Object value = at < values.size() ? values.get(at) : null;
        at += 1 + extraSlots;
        return value;
    }

    /** By name, in the order in which they are sent; to be written to. */
    Map<String, Widget> byName() {
        return widgets;
    }

    /**
     * Whether the file has another number of values than the class takes; empty also if it has none at all, or by name, or if the
     * class has no widgets, since then they are what the editor shows for itself.
     */
    Optional<String> oddCount() {
        int size = values.size();
        if (size == 0 || least == 0 || (size >= least && size <= most)) {
            return Optional.empty();
        }
        String takes = least == most ? "" + least : least + " to " + most;
        return Optional.of("widgets_values has " + size + " values where the class of this server takes " + takes
                + ", as files of other versions have; "
                + (size < least ? "the last widgets keep their defaults" : "the last values are left out")
                + ": check the node");
    }

    static Widgets read(UiNode node, NodeSchema schema) {
        List<InputSchema> inputs = WidgetTypes.inOrder(schema);
        Widgets reading =
                new Widgets(withoutForced(Data.list(node.widgetsValues), inputs), Data.map(node.widgetsValues));
        for (InputSchema input : inputs) {
            reading.read(input, input.name());
            if (schema.classType().equals("Load3D") && input.name().equals("model_file")) {
                reading.browserOnly("upload 3d model", "upload3dmodel");
                reading.browserOnly("upload extra resources", "uploadExtraResources");
                reading.browserOnly("clear", "clear");
            }
        }
        reading.most = reading.at;
        for (InputSchema input : inputs) {
            reading.most += UPLOADS.keySet().stream()
                    .filter(input::flag)
                    .mapToInt(UPLOADS::get)
                    .sum();
        }
        if (WITH_IMAGE.contains(schema.classType())) {
            reading.widgets.put("image", new Widget("image", null, "", true));
            reading.most++;
        }
        if (schema.classType().equals("CustomCombo")) {
            reading.customCombo();
            reading.most = Integer.MAX_VALUE;
        }
        return reading;
    }

    /** Files from before an input became a socket have its value still. */
    private static List<@Nullable Object> withoutForced(List<@Nullable Object> values, List<InputSchema> inputs) {
        List<Boolean> forced = new ArrayList<>();
        for (InputSchema input : inputs) {
            boolean isForced = input.forceInput()
                    && Set.of("INT", "FLOAT", "BOOLEAN", "STRING", "COMBO").contains(WidgetTypes.type(input));
            if (isForced || WidgetTypes.isWidget(input)) {
                forced.add(isForced);
                for (int i = WidgetTypes.extraSlots(input, input.name()); i > 0; i--) {
                    forced.add(isForced);
                }
            }
        }
        if (!forced.contains(true) || forced.size() != values.size()) {
            return values;
        }
        List<@Nullable Object> kept = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            if (!forced.get(i)) {
                kept.add(values.get(i));
            }
        }
        return kept;
    }

    private void read(InputSchema input, String name) {
        if (!WidgetTypes.isWidget(input)) {
            return;
        }
        if (WidgetTypes.type(input).equals(WidgetTypes.IMAGE_COMPARE)) {
            widgets.put(name, new Widget(name, input, List.of("", ""), true));
            return;
        }
        boolean isDynamic = input.type().equals(WidgetTypes.DYNAMIC_COMBO);
        boolean unchosen = isDynamic && at < values.size() && values.get(at) == null;
        Widget widget = next(input, name);
        widgets.put(name, widget);
        least = Math.max(least, at);
        at += WidgetTypes.extraSlots(input, name);
        if (WidgetTypes.isRefreshed(input)) {
            browserOnly("refresh", "refresh");
        }
        if (isDynamic) {
            Optional<DynamicOption> option = WidgetTypes.option(input, widget.value());
            int before = at;
            at = unchosen ? values.size() : at; // made only after all values were given out
            for (InputSchema sub : option.map(DynamicOption::inputs).orElse(List.of())) {
                read(sub, name + "." + sub.name());
            }
            at = unchosen ? before : at;
        }
    }

    private Widget next(InputSchema input, String name) {
        boolean written = named.isEmpty() ? at < values.size() : named.containsKey(name);
        Object value = named.isEmpty() ? (at < values.size() ? values.get(at) : null) : named.get(name);
        at++;
        if (!written) {
            Optional<Object> initial = WidgetTypes.initial(input);
            return new Widget(name, input, initial.orElse(null), initial.isPresent());
        }
        return new Widget(name, input, mended(input, value), true);
    }

    /** What the editor makes of an old or missing value. */
    private static @Nullable Object mended(InputSchema input, @Nullable Object value) {
        String type = WidgetTypes.type(input);
        if (value == null && type.equals("COMBO")) {
            return WidgetTypes.first(input).orElse(null);
        }
        if (value == null && type.equals(WidgetTypes.DYNAMIC_COMBO)) {
            return WidgetTypes.initial(input).orElse(null);
        }
        if (value == null && type.equals("STRING") && input.multiline()) {
            return "";
        }
        if (input.name().equals("sampler_name") && value instanceof String sampler && sampler.startsWith("sample_")) {
            return sampler.substring("sample_".length());
        }
        return value;
    }

    private void browserOnly(String name, Object initial) {
        Object value = at < values.size() ? values.get(at) : initial;
        at++;
        widgets.put(name, new Widget(name, null, value, true));
    }

    /** The choices are widgets themselves, with an empty one at the end for the next. */
    private void customCombo() {
        Widget choice = widgets.get("choice");
        if (choice == null) {
            return;
        }
        List<Object> options = new ArrayList<>();
        for (Object option : values.subList(Math.min(at + 1, values.size()), values.size())) {
            if (option == null || option.equals("")) {
                break; // the first empty one ends them
            }
            options.add(option);
        }
        Object index = (long) options.indexOf(choice.value());
        widgets.put("index", new Widget("index", null, index, true));
        options.add("");
        for (int i = 0; i < options.size(); i++) {
            String name = "option" + (i + 1);
            widgets.put(name, new Widget(name, null, options.get(i), true));
        }
    }
}
