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
    public static Grown by(String prefix, List<?> inputs) {
        return numbered(prefix, 0, 0, Integer.MAX_VALUE, inputs);
    }

    /**
     * Named by the prefix and a number.
     *
     * @param first the first number
     * @param inputs an {@link Input}, {@link Choice}, {@link Option} or plain data each
     * @throws IllegalArgumentException if there are fewer than {@code min} or more than {@code max}: the server would drop the
     *     rest in silence
     */
    public static Grown numbered(String prefix, int first, int min, int max, List<?> inputs) {
        check(prefix + first, min, max, inputs);
        Map<String, Object> slots = new LinkedHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            slots.put(prefix + (first + i), Values.data(inputs.get(i)));
        }
        return new Grown(slots);
    }

    /** Named by these, in their order; see {@link #named(List, int, List)}. */
    public static Grown named(List<String> names, List<?> inputs) {
        return named(names, 0, inputs);
    }

    /**
     * Named by these, in their order.
     *
     * @throws IllegalArgumentException if there are fewer than {@code min}, or more than names: the server would drop the rest in
     *     silence
     */
    public static Grown named(List<String> names, int min, List<?> inputs) {
        check(names.isEmpty() ? "" : names.get(0), min, names.size(), inputs);
        Map<String, Object> slots = new LinkedHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            slots.put(names.get(i), Values.data(inputs.get(i)));
        }
        return new Grown(slots);
    }

    private static void check(String first, int min, int max, List<?> inputs) {
        if (inputs.size() < min || inputs.size() > max) {
            throw new IllegalArgumentException((inputs.size() < min ? "at least " + min : "at most " + max)
                    + " inputs (\"" + first + "\" and on), got " + inputs.size());
        }
    }
}
