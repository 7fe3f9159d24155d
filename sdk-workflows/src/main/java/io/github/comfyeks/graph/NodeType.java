package io.github.comfyeks.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a generated class knows of its node: the class, the inputs in their order with what is sent unless the caller says
 * otherwise, and the outputs' types. It stands for an option of a dynamic combo as well: its class is the option's key then. For
 * generated code. Immutable once built.
 */
public final class NodeType {
    private final String classType;
    private final List<String> inputs = new ArrayList<>();
    private final List<@Nullable Object> defaults = new ArrayList<>();
    private final List<String> outputs = new ArrayList<>();

    private NodeType(String classType) {
        this.classType = classType;
    }

    public static NodeType of(String classType) {
        return new NodeType(classType);
    }

    /** Adds an input that is not sent unless it is set. */
    public NodeType input(String name) {
        return input(name, null);
    }

    /** Adds an input with its default: plain data. */
    public NodeType input(String name, @Nullable Object value) {
        inputs.add(name);
        defaults.add(value);
        return this;
    }

    /** Adds outputs, by their types. */
    public NodeType outputs(String... types) {
        outputs.addAll(List.of(types));
        return this;
    }

    /** A JSON object, such as the default of a curve: name, value, name, value, …, in this order when it is sent. */
    public static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return Collections.unmodifiableMap(object);
    }

    /** The values of a node as it begins: for the constructor. */
    public @Nullable Object[] values() {
        return defaults.toArray();
    }

    String classType() {
        return classType;
    }

    List<String> inputs() {
        return inputs;
    }

    String output(int slot) {
        return outputs.get(slot);
    }
}
