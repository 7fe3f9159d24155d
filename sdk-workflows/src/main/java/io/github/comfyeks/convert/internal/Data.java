package io.github.comfyeks.convert.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plain JSON data, read as JavaScript would. */
final class Data {
    private static final BigInteger EXACT = BigInteger.ONE.shiftLeft(53);

    private Data() {}

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    @SuppressWarnings("unchecked")
    static List<@Nullable Object> list(@Nullable Object value) {
        return value instanceof List<?> list ? (List<@Nullable Object>) list : List.of();
    }

    static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }

    /** An id, which files write as number or text. */
    static String id(@Nullable Object value) {
        if (value instanceof Double number && number == Math.rint(number)) {
            return String.valueOf(number.longValue());
        }
        return value == null ? "" : value.toString();
    }

    static int integer(@Nullable Object value, int otherwise) {
        return value instanceof Number number ? number.intValue() : otherwise;
    }

    /** As {@code Number(value)} reads it: of a text its number, nothing for null, else NaN. */
    static double parsed(@Nullable Object value) {
        if (value == null) {
            return 0;
        }
        try {
            return value instanceof String text ? Double.parseDouble(text.strip()) : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** A slot's type; files write -1 and 0 for any. */
    static String type(@Nullable Object value) {
        return value instanceof String text && !text.isEmpty() ? text : value instanceof List<?> ? "COMBO" : "*";
    }

    /** As a number that JavaScript has: large integers lose their last digits. */
    static Number number(Number value) {
        if (value instanceof BigInteger big) {
            return big.abs().compareTo(EXACT) <= 0
                    ? value
                    : new BigDecimal(Double.toString(big.doubleValue())).toBigInteger();
        }
        if (value instanceof Long whole && Math.abs(whole) > EXACT.longValue()) {
            return new BigDecimal(Double.toString(whole.doubleValue())).toBigInteger();
        }
        if (value instanceof Double real
                && real == Math.rint(real)
                && Math.abs(real) < 1e21) { // printed without exponent
            return Math.abs(real) < 1e15
                    ? (Number) real.longValue()
                    : new BigDecimal(Double.toString(real)).toBigInteger();
        }
        return value;
    }

    /** As {@code String(value)} prints it. */
    static String printed(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof List<?> list) {
            StringBuilder text = new StringBuilder();
            for (Object element : list) {
                text.append(text.isEmpty() ? "" : ",").append(element == null ? "" : printed(element));
            }
            return text.toString();
        }
        if (value instanceof Map) {
            return "[object Object]";
        }
        return value instanceof Number number ? number(number).toString() : value.toString();
    }
}
