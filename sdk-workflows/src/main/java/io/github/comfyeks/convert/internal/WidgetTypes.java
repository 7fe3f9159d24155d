package io.github.comfyeks.convert.internal;

import io.github.comfyeks.schema.DynamicOption;
import io.github.comfyeks.schema.InputSchema;
import io.github.comfyeks.schema.InputSection;
import io.github.comfyeks.schema.NodeSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which inputs are widgets in the editor, in which order, and what they hold before anybody changes them. */
final class WidgetTypes {
    static final String DYNAMIC_COMBO = "COMFY_DYNAMICCOMBO_V3";
    static final String AUTOGROW = "COMFY_AUTOGROW_V3";
    static final String MATCH_TYPE = "COMFY_MATCHTYPE_V3";
    static final String IMAGE_COMPARE = "IMAGECOMPARE";
    static final String BOUNDING_BOX = "BOUNDING_BOX";

    private static final Set<String> TYPES = Set.of(
            "INT",
            "FLOAT",
            "BOOLEAN",
            "STRING",
            "COMBO",
            "COLOR",
            BOUNDING_BOX,
            "CURVE",
            "COLORS",
            "BOUNDING_BOXES",
            IMAGE_COMPARE,
            "COMPOSITOR",
            DYNAMIC_COMBO,
            "LOAD_3D",
            "LOAD_3D_ANIMATION",
            "PAINTER",
            "MARKDOWN",
            "WEBCAM",
            "AUDIO_RECORD");

    private static final Set<String> SEEDS = Set.of("seed", "noise_seed");

    private WidgetTypes() {}

    /** The type that the editor goes by. */
    static String type(InputSchema input) {
        return input.option("widgetType").map(Object::toString).orElse(input.type());
    }

    static boolean isWidget(InputSchema input) {
        return !input.forceInput() && TYPES.contains(type(input));
    }

    /** In the order in which the editor makes widgets: groups first, then as the server tells. */
    static List<InputSchema> inOrder(NodeSchema node) {
        List<InputSchema> groups = new ArrayList<>();
        List<InputSchema> others = new ArrayList<>();
        for (InputSection section : List.of(InputSection.REQUIRED, InputSection.OPTIONAL)) {
            for (InputSchema input : node.inputs(section)) {
                boolean isGroup = input.type().equals(AUTOGROW) || input.type().equals(MATCH_TYPE);
                (isGroup ? groups : others).add(input);
            }
        }
        groups.addAll(others);
        return groups;
    }

    /**
     * How many slots of {@code widgets_values} behind the widget's own hold nothing that is sent.
     *
     * @param name under which it is sent
     */
    static int extraSlots(InputSchema input, String name) {
        String type = type(input);
        if (type.equals(BOUNDING_BOX)) {
            return 4;
        }
        boolean numeric = type.equals("INT") || type.equals("FLOAT");
        if (numeric && input.controlAfterGenerate()) {
            return 1;
        }
        if (type.equals("COMBO") && input.controlAfterGenerate()) {
            return 2;
        }
        if (remote(input).containsKey("control_after_refresh")) {
            return 1;
        }
        boolean unsaid = input.option("control_after_generate").isEmpty();
        return type.equals("INT") && unsaid && isSeed(name) ? 1 : 0;
    }

    /** Whether the editor changes a whole number of this name after each run, even if the class does not ask for it. */
    static boolean isSeed(String name) {
        return SEEDS.contains(name);
    }

    private static Map<String, Object> remote(InputSchema input) {
        return Data.map(input.option("remote").orElse(null));
    }

    /** Whether the editor puts a button behind it that asks the server for the choices again, and sends the button too. */
    static boolean isRefreshed(InputSchema input) {
        return Boolean.TRUE.equals(remote(input).get("refresh_button"));
    }

    /** Of a dynamic combo; empty if the value is none of its options. */
    static Optional<DynamicOption> option(InputSchema combo, @Nullable Object key) {
        return combo.dynamicOptions().stream()
                .filter(option -> option.key().equals(String.valueOf(key)))
                .findFirst();
    }

    /** What a widget holds before it is changed; {@link Optional#empty()} if it has nothing to send. */
    static Optional<Object> initial(InputSchema input) {
        if (input.hasDefault() && input.defaultValue().isPresent()) {
            return input.defaultValue();
        }
        return switch (type(input)) {
            case "INT", "FLOAT" -> Optional.of(0L);
            case "BOOLEAN" -> Optional.of(false);
            case DYNAMIC_COMBO -> input.dynamicOptions().stream().findFirst().map(DynamicOption::key);
            case "COMBO" -> first(input);
            case "COLOR" -> Optional.of("#ffffff");
            case "BOUNDING_BOX" -> Optional.of(Map.of("x", 0L, "y", 0L, "width", 512L, "height", 512L));
            case "COLORS", "BOUNDING_BOXES" -> Optional.of(List.of());
            default -> Optional.of("");
        };
    }

    static Optional<Object> first(InputSchema combo) {
        return combo.choices().stream().findFirst();
    }
}
