package io.github.comfyeks.schema;

import java.util.List;
import java.util.OptionalInt;

/**
 * The template of an input that repeats ({@code COMFY_AUTOGROW_V3}). Its repetitions are sent as {@code name.prefix0},
 * {@code name.prefix1}, …, or as {@code name.} and one of the names; the template's own input name is never sent. Immutable.
 *
 * @param input what each repetition takes; if it is optional, the least number does not count
 * @param prefix the start of each repetition's name; empty if there are names instead
 * @param names the repetitions' names; empty if there is a prefix instead
 * @param min how many there must be
 * @param max how many there may be: the server drops more in silence; empty if it did not say
 */
public record Autogrow(InputSchema input, String prefix, List<String> names, int min, OptionalInt max) {
    public Autogrow {
        names = List.copyOf(names);
    }

    /**
     * The name of a repetition after the dot.
     *
     * @param index from 0
     * @throws IndexOutOfBoundsException if there are names, and fewer
     */
    public String slot(int index) {
        return names.isEmpty() ? prefix + index : names.get(index);
    }
}
