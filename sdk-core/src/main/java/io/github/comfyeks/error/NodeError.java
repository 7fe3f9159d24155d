package io.github.comfyeks.error;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One objection of the server to one node, an element of ComfyUI's {@code node_errors}.
 *
 * @param nodeId the node in the graph; empty if the server named none
 * @param classType the node's class; empty if unknown
 * @param type ComfyUI's name of the error, such as {@code value_not_in_list}
 * @param message the server's short sentence
 * @param details the server's prose about it; may be empty
 * @param inputName the input at fault, if the server named one
 * @param receivedValue the value that was refused as JSON data (null, Boolean, Number, String, List or Map), if named
 * @param inputConfig the input's schema, {@code [type, {options}]}, if the server sent it
 * @param nearest the nearest valid choices, best first; empty if the choices are unknown
 * @param dependentOutputs the output nodes that cannot run because of it
 */
public record NodeError(
        String nodeId,
        String classType,
        String type,
        String message,
        String details,
        Optional<String> inputName,
        @Nullable Object receivedValue,
        List<Object> inputConfig,
        List<String> nearest,
        List<String> dependentOutputs) {

    /** The bound or the choices of the input's schema under this name ({@code min}, {@code max}, …), if it was sent. */
    public Optional<Object> option(String name) {
        return inputConfig.size() > 1 && inputConfig.get(1) instanceof Map<?, ?> options
                ? Optional.ofNullable(options.get(name))
                : Optional.empty();
    }

    /** One line: node, class, input, value, what is wrong and what would be right. */
    public String describe() {
        StringBuilder line = new StringBuilder();
        if (!nodeId.isEmpty()) {
            line.append("node ").append(nodeId);
            if (!classType.isEmpty()) {
                line.append(" (").append(classType).append(')');
            }
            inputName.ifPresent(name -> line.append(' ').append(name));
            line.append(": ");
        }
        line.append(
                switch (type) {
                    case "value_not_in_list" -> quoted() + " is not on the server" + nearestText();
                    case "value_smaller_than_min" ->
                        quoted() + " is smaller than the minimum"
                                + option("min").map(min -> " " + min).orElse("");
                    case "value_bigger_than_max" ->
                        quoted() + " is bigger than the maximum"
                                + option("max").map(max -> " " + max).orElse("");
                    case "required_input_missing" ->
                        "this required input is missing; nothing is filled in by the server";
                    case "missing_node_type" ->
                        "the server has no class " + (classType.isEmpty() ? details : "\"" + classType + "\"")
                                + "; install the custom node that brings it, or mend the name" + nearestText();
                    default -> message + (details.isEmpty() ? "" : ": " + details);
                });
        return line.append(" [").append(type).append(']').toString();
    }

    private String quoted() {
        if (receivedValue == null) {
            return "the value";
        }
        return receivedValue instanceof String ? "\"" + receivedValue + "\"" : String.valueOf(receivedValue);
    }

    private String nearestText() {
        return nearest.isEmpty() ? "" : "; nearest: \"" + String.join("\", \"", nearest) + "\"";
    }
}
