package io.github.comfyeks.graph;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The chosen option of a dynamic combo ({@code COMFY_DYNAMICCOMBO_V3}) with the inputs that come with it, which are sent under the
 * combo's name, a dot and their own. Generated classes extend it; {@link #of} makes one without. Immutable.
 */
public class Option {
    private final Object key;
    private final Map<String, Object> inputs;

    /** For generated code. */
    protected Option(Object key, Map<String, Object> inputs) {
        this.key = key;
        this.inputs = inputs;
    }

    /** An option without inputs, so far. */
    public static Option of(Object key) {
        return new Option(key, Map.of());
    }

    /** A copy with one more input, or another value of one: plain data, an {@link Output}, {@link Choice}, {@link Option}, … */
    public Option with(String input, Object value) {
        return new Option(key, added(input, value));
    }

    /** The inputs with one more; for generated code. Null takes one out. */
    protected final Map<String, Object> added(String input, @Nullable Object value) {
        Map<String, Object> copy = new LinkedHashMap<>(inputs);
        if (value == null) {
            copy.remove(input);
        } else {
            copy.put(input, value);
        }
        return copy;
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
