package io.github.comfyeks.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an input that repeats ({@code COMFY_AUTOGROW_V3}) was given: repetitions by their names behind the dot. Immutable.
 *
 * @param slots name of the repetition → plain data or {@link Output}
 */
public record Grown(Map<String, Object> slots) {
    public Grown {
        slots = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(slots));
    }

    /** Named by the prefix and a number that counts from 0. */
    public static Grown by(String prefix, List<? extends Input<?>> inputs) {
        Map<String, Object> slots = new LinkedHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            slots.put(prefix + i, Values.data(inputs.get(i)));
        }
        return new Grown(slots);
    }

    /**
     * Named by these, in their order.
     *
     * @throws IllegalArgumentException if there are more inputs than names: the server would drop them in silence
     */
    public static Grown named(List<String> names, List<? extends Input<?>> inputs) {
        if (inputs.size() > names.size()) {
            throw new IllegalArgumentException("at most " + names.size() + " inputs (" + names.get(0) + " to "
                    + names.get(names.size() - 1) + "), got " + inputs.size());
        }
        Map<String, Object> slots = new LinkedHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            slots.put(names.get(i), Values.data(inputs.get(i)));
        }
        return new Grown(slots);
    }
}
