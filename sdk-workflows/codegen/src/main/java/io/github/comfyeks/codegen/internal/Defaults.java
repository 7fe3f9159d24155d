package io.github.comfyeks.codegen.internal;

import com.palantir.javapoet.CodeBlock;
import io.github.comfyeks.schema.InputSchema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is sent for an input that the caller leaves alone, and how Java writes it. */
final class Defaults {
    /** A constant of a class file holds no more. */
    private static final int LONGEST_TEXT = 65_535;

    private Defaults() {}

    /**
     * The default, if the server would take it: schemas have defaults of other types, outside of the choices, and null. As an editor
     * does, an optional input that is meant to be linked is left out.
     */
    static Optional<Object> of(InputSchema input) {
        Object value = input.defaultValue().orElse(null);
        boolean isLinked = input.forceInput() && !input.isRequired();
        if (value == null || input.isDynamicCombo() || input.isAutogrow() || isLinked) {
            return Optional.empty();
        }
        return Optional.ofNullable(input.isCombo() ? choice(input, value) : typed(input.type(), value))
                .filter(Defaults::fits);
    }

    private static @Nullable Object choice(InputSchema input, Object value) {
        if (input.multiselect()) {
            return value instanceof List<?> || value instanceof Map<?, ?> ? value : List.of(value);
        }
        List<Object> choices = input.choices();
        if (choices.isEmpty() || choices.contains(value)) {
            return value;
        }
        return choices.contains(value.toString()) ? value.toString() : null;
    }

    private static @Nullable Object typed(String type, Object value) {
        return switch (type) {
            case "INT" -> whole(value);
            case "FLOAT" -> number(value);
            case "STRING" -> value instanceof List<?> || value instanceof Map<?, ?> ? null : value.toString();
            case "BOOLEAN" -> value instanceof Boolean ? value : null;
            default -> value;
        };
    }

    /** As the server does it: what is behind the point goes. */
    private static @Nullable Object whole(Object value) {
        if (value instanceof Double number && !Double.isFinite(number)) {
            return null;
        }
        try {
            BigInteger whole = new BigDecimal(value.toString().strip()).toBigInteger();
            return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : whole;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Object number(Object value) {
        try {
            double number = Double.parseDouble(value.toString());
            return Double.isFinite(number) ? number : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static boolean fits(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().allMatch(each -> each != null && fits(each));
        }
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().allMatch(each -> each != null && fits(each));
        }
        if (value instanceof Double number) {
            return Double.isFinite(number);
        }
        return !(value instanceof String text) || text.getBytes(StandardCharsets.UTF_8).length <= LONGEST_TEXT;
    }

    /** Plain data as an expression. */
    static CodeBlock literal(Object value) {
        if (value instanceof String) {
            return CodeBlock.of("$S", value);
        }
        if (value instanceof Integer || value instanceof Long) {
            return CodeBlock.of("$LL", value);
        }
        if (value instanceof BigInteger) {
            return CodeBlock.of("new $T($S)", Names.BIG_INTEGER, value.toString());
        }
        if (value instanceof List<?> list) {
            return CodeBlock.of(
                    "$T.of($L)",
                    Names.LIST,
                    list.stream()
                            .map(each -> literal(Objects.requireNonNull(each)))
                            .collect(CodeBlock.joining(", ")));
        }
        if (value instanceof Map<?, ?> map) {
            CodeBlock entries = map.entrySet().stream()
                    .map(entry ->
                            CodeBlock.of("$S, $L", entry.getKey(), literal(Objects.requireNonNull(entry.getValue()))))
                    .collect(CodeBlock.joining(", "));
            return CodeBlock.of("$T.object($L)", Names.NODE_TYPE, entries);
        }
        return CodeBlock.of("$L", value);
    }
}
