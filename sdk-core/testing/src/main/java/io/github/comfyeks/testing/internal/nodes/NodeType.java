package io.github.comfyeks.testing.internal.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.comfyeks.testing.internal.files.Folders;
import io.github.comfyeks.testing.internal.json.Python;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a node class behaves beyond its schema.
 *
 * @param async whether it is started before others because it runs beside them
 * @param fingerprint text that changes when the node must run again although its inputs are the same, or null
 * @param validator its own check, or null
 * @param lazy the inputs it needs but does not have yet, or null for a node without such
 */
public record NodeType(
        NodeCode code,
        boolean async,
        @Nullable BiFunction<JsonNode, Folders, String> fingerprint,
        @Nullable Validator validator,
        @Nullable Function<NodeCall, List<String>> lazy) {

    public static NodeType of(NodeCode code) {
        return new NodeType(code, false, null, null, null);
    }

    public NodeType withFingerprint(BiFunction<JsonNode, Folders, String> newFingerprint) {
        return new NodeType(code, async, newFingerprint, validator, lazy);
    }

    public NodeType withValidator(Validator newValidator) {
        return new NodeType(code, async, fingerprint, newValidator, lazy);
    }

    public NodeType withLazy(Function<NodeCall, List<String>> newLazy) {
        return new NodeType(code, async, fingerprint, validator, newLazy);
    }

    public NodeType asAsync() {
        return new NodeType(code, true, fingerprint, validator, lazy);
    }

    /**
     * A class's own check. The server does not look at limits and choices of the inputs it takes.
     *
     * @param inputs the names it takes
     * @param check gives null if all is well, {@code ""} for a plain no, else the reason
     */
    public record Validator(Set<String> inputs, Check check) {}

    /** The text that a check takes; Python raises where something else comes, or nothing. What is linked is not there yet. */
    static String argument(JsonNode inputs, String name, String classType) throws NodeFailure {
        JsonNode value = inputs.get(name);
        if (value == null) {
            throw NodeFailure.missingCheckArgument(classType, name);
        }
        if (!value.isTextual()) {
            String type = value.isArray() && value.size() == 2 ? "NoneType" : Python.typeName(value);
            throw new NodeFailure("AttributeError", "'" + type + "' object has no attribute 'endswith'");
        }
        return value.textValue();
    }

    /** The check itself. */
    @FunctionalInterface
    public interface Check {
        @Nullable
        String problem(JsonNode inputs, Folders folders) throws NodeFailure;
    }
}
