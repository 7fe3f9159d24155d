package io.github.comfyeks.convert.internal;

import io.github.comfyeks.schema.InputSchema;
import io.github.comfyeks.schema.NodeSchema;
import java.util.List;
import java.util.Locale;

/** Which input a bypassed node passes on to one of its outputs. */
public final class Bypass {
    private Bypass() {}

    /**
     * The place of the input in the list; -1 if none fits.
     *
     * @param inputs the types of the node's inputs, in the page's order
     * @param output the slot of the output
     * @param given the output's type
     * @param wanted the type that the input behind the link asks for
     */
    public static int through(List<String> inputs, int output, String given, String wanted) {
        if (inputs.isEmpty()) {
            return -1;
        }
        boolean hasSame = output < inputs.size();
        if (isAny(wanted)) {
            return hasSame ? output : 0;
        }
        if (hasSame && fits(inputs.get(output), given) && fits(inputs.get(output), wanted)) {
            return output;
        }
        int exact = inputs.indexOf(wanted);
        if (exact >= 0) {
            return exact;
        }
        for (int i = 0; i < inputs.size(); i++) {
            if (fits(inputs.get(i), given) && fits(inputs.get(i), wanted)) {
                return i;
            }
        }
        return -1;
    }

    /** A class's inputs in the order in which the page has them: groups first. */
    public static List<InputSchema> inOrder(NodeSchema schema) {
        return WidgetTypes.inOrder(schema);
    }

    static boolean isAny(String type) {
        return type.equals("*") || type.isEmpty();
    }

    /** Equal, any, or with a part in common; letter case does not matter. */
    private static boolean fits(String one, String other) {
        if (isAny(one) || isAny(other)) {
            return true;
        }
        List<String> parts = List.of(other.toLowerCase(Locale.ROOT).split(",", -1));
        for (String part : one.toLowerCase(Locale.ROOT).split(",", -1)) {
            if (parts.contains(part)) {
                return true;
            }
        }
        return false;
    }
}
