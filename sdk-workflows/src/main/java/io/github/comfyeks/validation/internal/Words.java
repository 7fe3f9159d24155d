package io.github.comfyeks.validation.internal;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Values as messages show them. */
final class Words {
    private static final int LONGEST = 80;

    private Words() {}

    /** As JSON, cut if it is long. */
    static String show(@Nullable Object value) {
        String text = json(value);
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    private static String json(@Nullable Object value) {
        if (value instanceof String text) {
            return '"' + text.replace("\n", "\\n") + '"';
        }
        if (value instanceof List<?> list) {
            StringJoiner joiner = new StringJoiner(", ", "[", "]");
            list.forEach(each -> joiner.add(json(each)));
            return joiner.toString();
        }
        if (value instanceof Map<?, ?> map) {
            StringJoiner joiner = new StringJoiner(", ", "{", "}");
            map.forEach((key, each) -> joiner.add("\"" + key + "\": " + json(each)));
            return joiner.toString();
        }
        return String.valueOf(value);
    }

    static String nearest(List<String> names) {
        return names.isEmpty() ? "" : "; nearest: \"" + String.join("\", \"", names) + "\"";
    }

    static String kind(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof String) {
            return "text";
        }
        if (value instanceof Boolean) {
            return "a boolean";
        }
        if (value instanceof Number) {
            return "a number";
        }
        return value instanceof List<?> ? "a list" : "an object";
    }
}
