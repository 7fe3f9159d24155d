package io.github.comfyeks.server.internal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Fields of plain data, read kindly: what is missing or of another kind is empty or 0. */
final class Values {
    private Values() {}

    static String text(Map<?, ?> map, String name) {
        Object value = map.get(name);
        return value instanceof String || value instanceof Number ? value.toString() : "";
    }

    static Optional<String> optionalText(Map<?, ?> map, String name) {
        String text = text(map, name);
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    static double number(Map<?, ?> map, String name) {
        return map.get(name) instanceof Number number ? number.doubleValue() : 0;
    }

    static long whole(Map<?, ?> map, String name) {
        return map.get(name) instanceof Number number ? number.longValue() : 0;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    /** Milliseconds since 1970, or seconds with a fraction: the same field had both in its time. */
    static Optional<Instant> time(@Nullable Object value) {
        if (!(value instanceof Number number)) {
            return Optional.empty();
        }
        double read = number.doubleValue();
        if (!(Math.abs(read) < 1e15)) {
            return Optional.empty();
        }
        return Optional.of(Instant.ofEpochMilli(Math.round(Math.abs(read) < 1e11 ? read * 1000 : read)));
    }
}
