package io.github.comfyeks.testing.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One node class of {@code /object_info}. Immutable. */
public final class NodeSchema {
    private final String classType;
    private final JsonNode info;
    private final Map<String, InputSpec> inputs;
    private final List<String> outputs;
    private final boolean dynamic;
    private final boolean wantsUniqueId;

    NodeSchema(String classType, JsonNode info) {
        this.classType = classType;
        this.info = info;
        this.inputs = readInputs(info);
        List<String> types = new ArrayList<>();
        info.path("output").forEach(type -> types.add(type.isTextual() ? type.textValue() : "COMBO"));
        this.outputs = List.copyOf(types);
        this.dynamic = inputs.values().stream()
                .anyMatch(input -> input.is(DynamicInputs.COMBO) || input.is(DynamicInputs.AUTOGROW));
        boolean unique = false;
        for (JsonNode hidden : info.path("input").path("hidden")) {
            unique |= hidden.isTextual() && hidden.textValue().equals("UNIQUE_ID");
        }
        this.wantsUniqueId = unique;
    }

    private static Map<String, InputSpec> readInputs(JsonNode info) {
        Map<String, InputSpec> specs = new LinkedHashMap<>();
        for (String group : List.of("required", "optional")) {
            info.path("input")
                    .path(group)
                    .properties()
                    .forEach(field -> specs.put(
                            field.getKey(), InputSpec.of(field.getKey(), group.equals("required"), field.getValue())));
        }
        return Collections.unmodifiableMap(specs);
    }

    public String classType() {
        return classType;
    }

    /** The entry of {@code /object_info}. */
    public JsonNode info() {
        return info;
    }

    public Map<String, InputSpec> inputs() {
        return inputs;
    }

    public @Nullable InputSpec input(String name) {
        return inputs.get(name);
    }

    /** The types of the outputs, by slot. */
    public List<String> outputs() {
        return outputs;
    }

    public boolean isOutputNode() {
        return info.path("output_node").asBoolean();
    }

    /** Whether which inputs it has depends on the values sent. */
    public boolean isDynamic() {
        return dynamic;
    }

    /** Whether its node id is part of what makes two runs equal. */
    public boolean wantsUniqueId() {
        return wantsUniqueId;
    }
}
