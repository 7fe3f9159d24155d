package io.github.comfyeks.validation.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The few rules of Python by which a server bends and compares plain data. */
final class Python {
    /** Longer texts of digits are refused, lest they take too long. */
    private static final int MOST_DIGITS = 4300;

    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+(_[0-9]+)*");
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)(e[+-]?[0-9]+)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern WORD = Pattern.compile("[+-]?(nan|inf|infinity)", Pattern.CASE_INSENSITIVE);

    private Python() {}

    static boolean isWhole(@Nullable Object value) {
        return value instanceof Long
                || value instanceof Integer
                || value instanceof BigInteger
                || value instanceof Short
                || value instanceof Byte;
    }

    /** What {@code int(value)} makes of it; null if it raises. */
    static @Nullable BigInteger toInt(@Nullable Object value) {
        if (value instanceof Boolean flag) {
            return flag ? BigInteger.ONE : BigInteger.ZERO;
        }
        if (isWhole(value)) {
            return new BigInteger(String.valueOf(value));
        }
        if (value instanceof Number number) {
            double real = number.doubleValue();
            return Double.isFinite(real) ? new BigDecimal(real).toBigInteger() : null;
        }
        if (!(value instanceof String text)) {
            return null;
        }
        String digits = asciiDigits(strip(text));
        if (!INTEGER.matcher(digits).matches() || digits.length() > MOST_DIGITS) {
            return null;
        }
        String plain = digits.replace("_", "");
        return new BigInteger(plain.startsWith("+") ? plain.substring(1) : plain);
    }

    /** What {@code float(value)} makes of it; null if it raises. */
    static @Nullable Double toFloat(@Nullable Object value) {
        if (value instanceof Boolean flag) {
            return flag ? 1.0 : 0.0;
        }
        if (isWhole(value)) {
            double real = new BigInteger(String.valueOf(value)).doubleValue();
            return Double.isFinite(real) ? (Double) real : null;
        }
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (!(value instanceof String text)) {
            return null;
        }
        String given = asciiDigits(strip(text)).replaceAll("(?<=[0-9])_(?=[0-9])", "");
        if (WORD.matcher(given).matches()) {
            String word = given.toLowerCase(Locale.ROOT);
            return word.endsWith("nan")
                    ? (Double) Double.NaN
                    : (Double) (word.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
        }
        return DECIMAL.matcher(given).matches() ? (Double) Double.parseDouble(given) : null;
    }

    private static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }

    /** Digits of any script count. */
    private static String asciiDigits(String text) {
        if (text.chars().allMatch(c -> c < 0x80)) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            int digit = Character.isDigit(c) ? Character.digit(c, 10) : -1;
            plain.appendCodePoint(digit < 0 ? c : '0' + digit);
        });
        return plain.toString();
    }

    /** Whether it can be compared with a number. */
    static boolean isNumeric(@Nullable Object value) {
        return value instanceof Number || value instanceof Boolean;
    }

    /** {@code a < b} of two numbers; false with NaN. */
    static boolean less(Object a, Object b) {
        BigDecimal left = exact(a);
        BigDecimal right = exact(b);
        return (left != null && right != null) ? left.compareTo(right) < 0 : (real(a) < real(b));
    }

    private static double real(Object number) {
        return number instanceof Boolean flag ? (flag ? 1 : 0) : ((Number) number).doubleValue();
    }

    private static @Nullable BigDecimal exact(Object number) {
        if (number instanceof Boolean flag) {
            return flag ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        if (isWhole(number)) {
            return new BigDecimal(String.valueOf(number));
        }
        double real = ((Number) number).doubleValue();
        return Double.isFinite(real) ? new BigDecimal(real) : null;
    }

    /** {@code a == b}: 1, 1.0 and true are equal. */
    static boolean equal(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return a == b;
        }
        if (isNumeric(a) && isNumeric(b)) {
            BigDecimal left = exact(a);
            BigDecimal right = exact(b);
            return (left != null && right != null) ? left.compareTo(right) == 0 : (real(a) == real(b));
        }
        if (a instanceof List<?> left && b instanceof List<?> right) {
            if (left.size() != right.size()) {
                return false;
            }
            for (int i = 0; i < left.size(); i++) {
                if (!equal(left.get(i), right.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (a instanceof Map<?, ?> left && b instanceof Map<?, ?> right) {
            return left.size() == right.size()
                    && left.entrySet().stream()
                            .allMatch(entry -> right.containsKey(entry.getKey())
                                    && equal(entry.getValue(), right.get(entry.getKey())));
        }
        return a.equals(b);
    }

    /** {@code value in list}. */
    static boolean in(@Nullable Object value, List<?> list) {
        return list.stream().anyMatch(each -> equal(each, value));
    }
}
