package io.github.comfyeks.testing.internal.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.comfyeks.testing.internal.json.Json;
import io.github.comfyeks.testing.internal.schema.InputSpec;
import java.util.List;

/** The errors of {@code POST /prompt}, each as {@code {type, message, details, extra_info}} (S8, S9). */
final class Errors {
    private Errors() {}

    static ObjectNode error(String type, String message, String details, ObjectNode extraInfo) {
        ObjectNode error = Json.object();
        error.put("type", type);
        error.put("message", message);
        error.put("details", details);
        error.set("extra_info", extraInfo);
        return error;
    }

    static ObjectNode error(String type, String message, String details) {
        return error(type, message, details, Json.object());
    }

    private static ObjectNode input(InputSpec spec) {
        ObjectNode info = Json.object();
        info.put("input_name", spec.name());
        info.set("input_config", spec.config());
        return info;
    }

    static ObjectNode requiredMissing(String name, String shortName) {
        return error(
                "required_input_missing",
                "Required input is missing",
                shortName,
                Json.object().put("input_name", name));
    }

    static ObjectNode badLink(InputSpec spec, JsonNode value) {
        ObjectNode info = input(spec);
        info.set("received_value", value);
        return error(
                "bad_linked_input",
                "Bad linked input, must be a length-2 list of [node_id, slot_index]",
                spec.name(),
                info);
    }

    static ObjectNode typeMismatch(InputSpec spec, String received, JsonNode link) {
        ObjectNode info = input(spec);
        info.put("received_type", received);
        info.set("linked_node", link);
        String details = spec.name() + ", received_type(" + received + ") mismatch input_type(" + spec.typeName() + ")";
        return error("return_type_mismatch", "Return type mismatch between linked nodes", details, info);
    }

    static ObjectNode innerCrash(InputSpec spec, JsonNode link, ValidationCrash crash) {
        ObjectNode info = input(spec);
        info.put("exception_message", crash.text());
        info.put("exception_type", crash.type());
        info.set("traceback", traceback(crash));
        info.set("linked_node", link);
        return error("exception_during_inner_validation", "Exception when validating inner node", crash.text(), info);
    }

    static ObjectNode crash(ValidationCrash crash) {
        ObjectNode info = Json.object();
        info.put("exception_type", crash.type());
        info.set("traceback", traceback(crash));
        return error("exception_during_validation", "Exception when validating node", crash.text(), info);
    }

    private static ArrayNode traceback(ValidationCrash crash) {
        return Json.array()
                .add("  File \"/fake/comfyui/execution.py\", line 1, in validate_inputs\n    raise " + crash.type()
                        + "(...)\n");
    }

    static ObjectNode invalidType(InputSpec spec, JsonNode value, String printed, String exception) {
        ObjectNode info = input(spec);
        info.set("received_value", value);
        info.put("exception_message", exception);
        return error(
                "invalid_input_type",
                "Failed to convert an input value to a " + spec.typeName() + " value",
                spec.name() + ", " + printed + ", " + exception,
                info);
    }

    static ObjectNode outOfRange(InputSpec spec, JsonNode value, boolean small, String message) {
        ObjectNode info = input(spec);
        info.set("received_value", value);
        return error(small ? "value_smaller_than_min" : "value_bigger_than_max", message, spec.name(), info);
    }

    static ObjectNode notInList(InputSpec spec, JsonNode value, String details, boolean longList) {
        ObjectNode info = input(spec);
        if (longList) {
            info.putNull("input_config");
        }
        info.set("received_value", value);
        return error("value_not_in_list", "Value not in list", details, info);
    }

    static ObjectNode customFailed(String name, String reason) {
        return error(
                "custom_validation_failed",
                "Custom validation failed for node",
                reason.isEmpty() ? name : name + " - " + reason,
                Json.object().put("input_name", name));
    }

    static ObjectNode cycle(String nodeId, List<String> cycle, String path) {
        ObjectNode info = Json.object();
        info.put("node_id", nodeId);
        info.set("cycle_nodes", Json.array(cycle));
        return error("dependency_cycle", "Dependency cycle detected", path, info);
    }
}
