package io.github.comfyeks.graph;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The chosen option of a dynamic combo ({@code COMFY_DYNAMICCOMBO_V3}) with the inputs that come with it, which are sent under the
 * combo's name, a dot and their own. Generated classes extend it; {@link #of} makes one without. Immutable.
 */
public class Option {
    private final Object key;
    private final Map<String, Object> inputs;
    private final TypedNode.@Nullable State state;

    private Option(Object key, Map<String, Object> inputs, TypedNode.@Nullable State state) {
        this.key = key;
        this.inputs = inputs;
        this.state = state;
    }

    Option(Object key, Map<String, Object> inputs) {
        this(key, inputs, null);
    }

    /** An option that takes no inputs; for generated code. */
    protected Option(Object key) {
        this(key, Map.of());
    }

    /** An option that takes the inputs of the type, whose name is the key; for generated code. */
    protected Option(NodeType type, TypedNode.State state) {
        this(type.classType(), state.inputs(type), state);
    }

    /** An option without inputs, so far. */
    public static Option of(Object key) {
        return new Option(key, Map.of());
    }

    /** A copy with one more input, or another value of one: plain data, an {@link Output}, {@link Choice}, {@link Option}, … */
    public Option with(String input, Object value) {
        Map<String, Object> copy = new LinkedHashMap<>(inputs);
        copy.put(input, value);
        return new Option(key, copy);
    }

    /** What it was made of; for generated code with inputs. */
    protected final TypedNode.State state() {
        return Objects.requireNonNull(state, "an option without inputs");
    }

    /** The value that is sent for the combo itself. */
    public final Object key() {
        return key;
    }

    final Map<String, Object> inputs() {
        return inputs;
    }

    @Override
    public final String toString() {
        return key + (inputs.isEmpty() ? "" : " " + inputs);
    }
}
