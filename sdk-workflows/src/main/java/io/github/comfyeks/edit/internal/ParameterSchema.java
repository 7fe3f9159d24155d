package io.github.comfyeks.edit.internal;

import io.github.comfyeks.internal.Json;
import io.github.comfyeks.schema.InputSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes parameters as JSON Schema. */
public final class ParameterSchema {
    private ParameterSchema() {}

    /** An object with a property for each parameter, none of them required. */
    public static String of(List<FoundParameter> parameters) {
        Map<String, Object> properties = new LinkedHashMap<>();
        parameters.forEach(each -> properties.put(each.name(), property(each)));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("additionalProperties", false);
        return Json.writePretty(schema);
    }

    private static Map<String, Object> property(FoundParameter parameter) {
        InputSchema input = parameter.schema();
        Map<String, Object> property = new LinkedHashMap<>();
        switch (input.type()) {
            case "INT" -> property.put("type", "integer");
            case "FLOAT" -> property.put("type", "number");
            case "BOOLEAN" -> property.put("type", "boolean");
            case "STRING" -> property.put("type", "string");
            case "COMBO" -> property.put("enum", input.choices());
            default -> {} // anything
        }
        if (!parameter.description().isEmpty()) {
            property.put("description", parameter.description());
        }
        if (parameter.value() != null) {
            property.put("default", parameter.value());
        }
        input.min().ifPresent(min -> property.put("minimum", min));
        input.max().ifPresent(max -> property.put("maximum", max));
        input.step().ifPresent(step -> property.put("x-step", step));
        if (input.multiline()) {
            property.put("x-multiline", true);
        }
        if (parameter.isFile()) {
            property.put("x-file", true);
            property.put("examples", parameter.choices());
        }
        return property;
    }
}
