package io.github.comfyeks.testing.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which inputs a node has once the values sent are known (S16): the inputs of the chosen option of a dynamic combo, and one
 * input for each name of an autogrow.
 */
public final class DynamicInputs {
    static final String COMBO = "COMFY_DYNAMICCOMBO_V3";
    static final String AUTOGROW = "COMFY_AUTOGROW_V3";

    /** What becomes of inputs below an autogrow's minimum. */
    public enum Missing {
        /** They are asked for. */
        REPORTED,
        /** Nobody looks (0.8.0). */
        UNCHECKED
    }

    private final Missing missing;
    private final JsonNode sent;
    private final Map<String, InputSpec> found = new LinkedHashMap<>();

    private DynamicInputs(JsonNode sent, Missing missing) {
        this.sent = sent;
        this.missing = missing;
    }

    /** The inputs of the class for the values sent, by the names used on the wire. */
    public static Map<String, InputSpec> resolve(NodeSchema schema, JsonNode sent, Missing missing) {
        if (!schema.isDynamic()) {
            return schema.inputs();
        }
        DynamicInputs inputs = new DynamicInputs(sent, missing);
        schema.inputs().values().forEach(inputs::add);
        return inputs.found;
    }

    private void add(InputSpec spec) {
        if (spec.is(COMBO)) {
            addCombo(spec);
        } else if (spec.is(AUTOGROW)) {
            addAutogrow(spec);
        } else {
            found.put(spec.name(), spec);
        }
    }

    private void addCombo(InputSpec spec) {
        JsonNode key = sent.get(spec.name());
        if (key == null) {
            return;
        }
        for (JsonNode option : spec.options().path("options")) {
            if (option.path("key").equals(key)) {
                for (String group : List.of("required", "optional")) {
                    option.path("inputs")
                            .path(group)
                            .properties()
                            .forEach(field -> add(InputSpec.of(
                                    spec.name() + "." + field.getKey(), group.equals("required"), field.getValue())));
                }
                found.put(spec.name(), spec);
                return;
            }
        }
    }

    private void addAutogrow(InputSpec spec) {
        JsonNode template = spec.options().path("template");
        List<String> names = new ArrayList<>();
        if (template.has("names")) {
            template.get("names").forEach(name -> names.add(name.asText()));
        } else {
            for (int i = 0; i < template.path("max").asInt(); i++) {
                names.add(template.path("prefix").asText() + i);
            }
        }
        boolean required = !template.path("input").path("required").isEmpty();
        JsonNode group = template.path("input").path(required ? "required" : "optional");
        if (group.isEmpty()) {
            return;
        }
        InputSpec pattern = InputSpec.of("", required, group.elements().next());
        int min = template.path("min").asInt();
        for (int i = 0; i < names.size(); i++) {
            String name = spec.name() + "." + names.get(i);
            if (missing == Missing.REPORTED || sent.has(name)) {
                add(pattern.as(name, i < min && required));
            }
        }
    }
}
