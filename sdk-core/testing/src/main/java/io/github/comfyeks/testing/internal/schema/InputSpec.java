package io.github.comfyeks.testing.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.comfyeks.testing.internal.json.Json;

/**
 * One input of a node class, as {@code [type, options]} in {@code /object_info}.
 *
 * @param type a type's name, or an array of choices (the old way to write a combo)
 * @param options limits, defaults and so on; an empty object when there are none
 */
public record InputSpec(String name, boolean required, JsonNode type, JsonNode options) {

    static InputSpec of(String name, boolean required, JsonNode spec) {
        JsonNode options = spec.path(1);
        return new InputSpec(name, required, spec.path(0), options.isObject() ? options : Json.object());
    }

    /** The same input under another name, as nested dynamic inputs have one. */
    public InputSpec as(String newName, boolean nowRequired) {
        return new InputSpec(newName, nowRequired, type, options);
    }

    /** The type as Python prints it in an error. */
    public String typeName() {
        return type.isTextual() ? type.textValue() : io.github.comfyeks.testing.internal.json.Python.repr(type);
    }

    public boolean is(String typeName) {
        return type.isTextual() && type.textValue().equals(typeName);
    }

    public boolean isLazy() {
        return options.path("lazy").asBoolean();
    }

    /** Whether this is a combo written as a list of choices. */
    public boolean isOldCombo() {
        return type.isArray();
    }

    /** {@code [type, options]} as an error repeats it. */
    public ArrayNode config() {
        return Json.array().add(type).add(options);
    }
}
