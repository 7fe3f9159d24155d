package io.github.comfyeks.testing.internal.validate;

import io.github.comfyeks.testing.internal.schema.InputSpec;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether what one node gives may go into another. {@code *} and {@code "A,B"} take more than one type; a combo written as a
 * list of choices takes none but {@code *}.
 */
final class TypeMatch {
    private TypeMatch() {}

    static boolean matches(String received, InputSpec input) {
        String wanted = input.isOldCombo() ? "" : input.type().asText();
        if (received.equals(wanted) || received.equals("*") || wanted.equals("*")) {
            return true;
        }
        if (received.startsWith("COMFY_MATCHTYPE") || wanted.startsWith("COMFY_MATCHTYPE")) {
            return true;
        }
        Set<String> givenTypes = split(received);
        return split(wanted).stream().anyMatch(givenTypes::contains);
    }

    private static Set<String> split(String types) {
        return Arrays.stream(types.split(",")).map(String::strip).collect(Collectors.toSet());
    }
}
