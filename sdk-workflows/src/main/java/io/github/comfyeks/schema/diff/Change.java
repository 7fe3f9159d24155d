package io.github.comfyeks.schema.diff;

/**
 * One difference. Immutable.
 *
 * @param classType the node class
 * @param input the input it is about, such as {@code seed}; within an option of a dynamic combo {@code format[mp4].codec}, within
 *     an input that repeats {@code values<>.value}; empty if it is about the node or its outputs
 * @param kind what kind of difference
 * @param breaking whether a graph that was right may be refused now, or may mean something else
 * @param text in words
 */
public record Change(String classType, String input, Kind kind, boolean breaking, String text) {
    /** What differs. */
    public enum Kind {
        NODE_NEW,
        NODE_GONE,
        INPUT_NEW,
        INPUT_GONE,
        INPUT_TYPE,
        INPUT_REQUIRED,
        INPUT_DEFAULT,
        INPUT_LIMITS,
        CHOICE_NEW,
        CHOICE_GONE,
        OUTPUT_NEW,
        OUTPUT_GONE,
        OUTPUT_CHANGED,
        FLAG
    }

    /** {@code KSampler.seed: limits changed …}, with an exclamation mark before it if it breaks something. */
    @Override
    public String toString() {
        return (breaking ? "! " : "  ") + classType + (input.isEmpty() ? "" : "." + input) + ": " + text;
    }
}
