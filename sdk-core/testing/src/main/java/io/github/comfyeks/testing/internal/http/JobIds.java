package io.github.comfyeks.testing.internal.http;

import java.util.regex.Pattern;

/** The form that 0.33.0 wants of a prompt id: a lower-case UUID with hyphens (S2). */
final class JobIds {
    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private JobIds() {}

    static boolean isValid(String id) {
        return UUID_FORM.matcher(id).matches();
    }
}
