package io.github.comfyeks.validation.internal;

import java.util.Arrays;

/** How versions of the server differ in what they check. */
public enum Behaviour {
    /** Before 0.8.0: combos in the new style are not checked. */
    OLD,
    /** 0.8.0 and what is like it: every list for a combo is refused. */
    MIDDLE,
    /** After it. */
    MODERN;

    private static final int[] NEW_COMBOS = {0, 8, 0};
    private static final int[] AFTER = {0, 8, 1};

    /** @throws IllegalArgumentException if it does not begin with numbers and dots */
    public static Behaviour of(String version) {
        if (!isVersion(version)) {
            throw new IllegalArgumentException("\"" + version + "\" is no version of ComfyUI, such as 0.33.0");
        }
        int[] numbers = Arrays.stream(version.replaceFirst("^v", "").split("[^0-9]+", 4))
                .limit(3)
                .filter(part -> !part.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
        if (Arrays.compare(numbers, NEW_COMBOS) < 0) {
            return OLD;
        }
        return Arrays.compare(numbers, AFTER) < 0 ? MIDDLE : MODERN;
    }

    static boolean isVersion(String version) {
        return version.matches("v?[0-9]{1,6}(\\.[0-9]{1,6})*([^0-9.].*)?");
    }

    boolean checksNewCombos() {
        return this != OLD;
    }

    boolean checksEachElement() {
        return this == MODERN;
    }

    boolean checksRepetitions() {
        return this == MODERN;
    }

    boolean namesCycles() {
        return this == MODERN;
    }

    String unknownClass() {
        return this == MODERN ? "missing_node_type" : "invalid_prompt";
    }
}
