package io.github.comfyeks.validation.internal;

import io.github.comfyeks.schema.InputSchema;
import io.github.comfyeks.schema.OutputSchema;
import java.util.List;

/** Which output may feed which input. */
final class Types {
    private static final String MATCH = "COMFY_MATCHTYPE_V3";

    private Types() {}

    /** A combo in the old style is a type of its own: only an output with the very same choices feeds it, or one of any type. */
    static boolean feeds(OutputSchema from, InputSchema to) {
        if (from.type().equals("*") || from.type().equals(MATCH)) {
            return true;
        }
        if (to.isListStyle()) {
            return !from.choices().isEmpty() && Python.equal(from.choices(), to.choices());
        }
        if (to.type().equals(from.type()) || to.isAny() || to.type().equals(MATCH)) {
            return true;
        }
        List<String> wanted = to.unionTypes();
        for (String given : from.type().split(",", -1)) {
            if (given.strip().equals("*") || wanted.contains(given.strip())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether it hangs on how a node says "any": ComfyUI's own nodes have a type that equals every other, while to an old server a
     * custom node's plain {@code "*"} is a type like any. The schema shows both alike.
     */
    static boolean isPlainAny(OutputSchema from, InputSchema to) {
        return to.isAny() && !from.type().equals("*");
    }
}
