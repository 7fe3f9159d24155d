package io.github.comfyeks.testing.internal.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.comfyeks.testing.internal.json.Json;
import io.github.comfyeks.testing.internal.json.Python;
import io.github.comfyeks.testing.internal.json.Python.ConversionException;
import io.github.comfyeks.testing.internal.schema.InputSpec;
import io.github.comfyeks.testing.internal.version.Version;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks a literal, after bending it as the server does: {@code "7"} becomes 7, {@code "false"} becomes true (S11). */
final class ValueCheck {
    /** Longer lists are not repeated in an error. */
    private static final int LONG_LIST = 20;

    private final Version version;

    ValueCheck(Version version) {
        this.version = version;
    }

    /**
     * Bends the value in place.
     *
     * @return the error, or null
     */
    @Nullable
    ObjectNode bend(InputSpec spec, ObjectNode inputs) {
        JsonNode value = inputs.path(spec.name());
        if (value.isObject() && value.has("__value__")) {
            value = value.get("__value__");
            inputs.set(spec.name(), value);
        }
        try {
            inputs.set(spec.name(), convert(spec, value));
            return null;
        } catch (ConversionException e) {
            return Errors.invalidType(spec, value, Python.str(value), e.text());
        }
    }

    private static JsonNode convert(InputSpec spec, JsonNode value) throws ConversionException {
        if (spec.is("INT")) {
            return Python.toInt(value);
        }
        if (spec.is("FLOAT")) {
            return Python.toFloat(value);
        }
        if (spec.is("STRING")) {
            return Python.toStr(value);
        }
        return spec.is("BOOLEAN") ? Python.toBool(value) : value;
    }

    /** Checks limits and choices. */
    @Nullable
    ObjectNode check(InputSpec spec, JsonNode value) {
        JsonNode min = spec.options().get("min");
        if (min != null && min.isNumber() && value.isNumber() && Python.less(value, min)) {
            return Errors.outOfRange(
                    spec, value, true, "Value " + Python.str(value) + " smaller than min of " + Python.str(min));
        }
        JsonNode max = spec.options().get("max");
        if (max != null && max.isNumber() && value.isNumber() && Python.less(max, value)) {
            return Errors.outOfRange(
                    spec, value, false, "Value " + Python.str(value) + " bigger than max of " + Python.str(max));
        }
        boolean newCombo = spec.is("COMBO") && version.hasJobs();
        return spec.isOldCombo() || newCombo ? checkChoice(spec, value) : null;
    }

    private @Nullable ObjectNode checkChoice(InputSpec spec, JsonNode value) {
        JsonNode choices = spec.isOldCombo() ? spec.type() : spec.options().path("options");
        List<JsonNode> wrong = new ArrayList<>();
        if (version.isModern()
                && value.isArray()
                && spec.options().path("multiselect").asBoolean()) {
            value.forEach(item -> {
                if (!contains(choices, item)) {
                    wrong.add(item);
                }
            });
        } else if (!contains(choices, value)) {
            wrong.add(value);
        }
        if (wrong.isEmpty()) {
            return null;
        }
        boolean longList = choices.size() > LONG_LIST;
        String list = longList
                ? "(list of length " + choices.size() + ")"
                : Python.repr(choices.isArray() ? choices : Json.array());
        String printed = version.isModern()
                ? String.join(", ", wrong.stream().map(Python::repr).toList())
                : "'" + Python.str(value) + "'";
        return Errors.notInList(spec, value, spec.name() + ": " + printed + " not in " + list, longList);
    }

    private static boolean contains(JsonNode choices, JsonNode value) {
        for (JsonNode choice : choices) {
            if (Python.equal(choice, value)) {
                return true;
            }
        }
        return false;
    }
}
