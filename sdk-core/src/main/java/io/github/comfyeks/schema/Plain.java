package io.github.comfyeks.schema;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plain data, read kindly: of another kind than expected is empty. */
final class Plain {
    private Plain() {}

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(@Nullable Object value) {
        return value instanceof List<?> list ? (List<Object>) list : List.of();
    }

    static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
