package io.github.comfyeks.testing.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Iterator;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The few Python rules that show through on the wire: {@code str}, {@code repr}, {@code int()}, {@code float()},
 * {@code bool()} and equality. A server bends values by them and quotes them in its error texts.
 */
public final class Python {
    /** Longer texts of digits are refused, lest they take too long. */
    private static final int MOST_DIGITS = 4300;

    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private Python() {}

    /** A Python exception that a conversion raised: its type and its text. */
    public static final class ConversionException extends Exception {
        private static final long serialVersionUID = 1L;

        ConversionException(String message) {
            super(message);
        }

        /** The exception's text, never null. */
        public String text() {
            return String.valueOf(getMessage());
        }
    }

    /** {@code repr(float)}. */
    public static String floatText(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        String java = Double.toString(value);
        int e = java.indexOf('E');
        if (e < 0) {
            return java;
        }
        int exponent = Integer.parseInt(java.substring(e + 1));
        if (exponent >= -4 && exponent < 16) {
            String plain = new BigDecimal(java).toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        String mantissa = java.substring(0, e);
        if (mantissa.endsWith(".0")) {
            mantissa = mantissa.substring(0, mantissa.length() - 2);
        }
        return mantissa + 'e' + (exponent < 0 ? '-' : '+') + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    /** {@code str(value)}: a text stays as it is. */
    public static String str(JsonNode value) {
        return value.isTextual() ? value.textValue() : repr(value);
    }

    /** {@code repr(value)}. */
    public static String repr(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> quote(value.textValue());
            case BOOLEAN -> value.booleanValue() ? "True" : "False";
            case NUMBER -> value.isFloatingPointNumber() ? floatText(value.doubleValue()) : value.asText();
            case ARRAY -> {
                StringJoiner joiner = new StringJoiner(", ", "[", "]");
                value.forEach(item -> joiner.add(repr(item)));
                yield joiner.toString();
            }
            case OBJECT -> {
                StringJoiner joiner = new StringJoiner(", ", "{", "}");
                for (Iterator<Map.Entry<String, JsonNode>> it =
                                value.properties().iterator();
                        it.hasNext(); ) {
                    Map.Entry<String, JsonNode> field = it.next();
                    joiner.add(quote(field.getKey()) + ": " + repr(field.getValue()));
                }
                yield joiner.toString();
            }
            default -> "None";
        };
    }

    private static String quote(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        StringBuilder out = new StringBuilder().append(quote);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == quote || c == '\\') {
                out.append('\\').append(c);
            } else if (c == '\n') {
                out.append("\\n");
            } else if (c == '\r') {
                out.append("\\r");
            } else if (c == '\t') {
                out.append("\\t");
            } else if (c < 0x20) {
                out.append(String.format("\\x%02x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append(quote).toString();
    }

    /** {@code int(value)}. */
    public static JsonNode toInt(JsonNode value) throws ConversionException {
        return switch (value.getNodeType()) {
            case BOOLEAN -> LongNode.valueOf(value.booleanValue() ? 1 : 0);
            case NUMBER -> value.isFloatingPointNumber() ? truncate(value.doubleValue()) : value;
            case STRING -> {
                String text = digits(value.textValue().strip());
                if (!text.matches("[+-]?[0-9]+(_[0-9]+)*")) {
                    throw new ConversionException("invalid literal for int() with base 10: " + repr(value));
                }
                if (text.length() > MOST_DIGITS) {
                    throw new ConversionException("Exceeds the limit (" + MOST_DIGITS + " digits) for integer string"
                            + " conversion: value has " + text.length()
                            + " digits; use sys.set_int_max_str_digits() to increase the limit");
                }
                String digits = text.replace("_", "");
                yield integer(new BigInteger(digits.startsWith("+") ? digits.substring(1) : digits));
            }
            default ->
                throw new ConversionException(
                        "int() argument must be a string, a bytes-like object or a real number, not '" + typeName(value)
                                + "'");
        };
    }

    /** Digits of any script count. */
    private static String digits(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(c -> plain.appendCodePoint(Character.isDigit(c) ? '0' + Character.digit(c, 10) : c));
        return plain.toString();
    }

    private static JsonNode truncate(double value) throws ConversionException {
        if (Double.isNaN(value)) {
            throw new ConversionException("cannot convert float NaN to integer");
        }
        if (Double.isInfinite(value)) {
            throw new ConversionException("cannot convert float infinity to integer");
        }
        return integer(new BigDecimal(value).toBigInteger());
    }

    private static JsonNode integer(BigInteger value) {
        return value.compareTo(LONG_MIN) >= 0 && value.compareTo(LONG_MAX) <= 0
                ? LongNode.valueOf(value.longValue())
                : BigIntegerNode.valueOf(value);
    }

    /** {@code float(value)}. */
    public static JsonNode toFloat(JsonNode value) throws ConversionException {
        return switch (value.getNodeType()) {
            case BOOLEAN -> DoubleNode.valueOf(value.booleanValue() ? 1 : 0);
            case NUMBER -> {
                if (!value.isFloatingPointNumber() && Double.isInfinite(value.doubleValue())) {
                    throw new ConversionException("int too large to convert to float");
                }
                yield value.isFloatingPointNumber() ? value : DoubleNode.valueOf(value.doubleValue());
            }
            case STRING -> DoubleNode.valueOf(parseFloat(value));
            default ->
                throw new ConversionException(
                        "float() argument must be a string or a real number, not '" + typeName(value) + "'");
        };
    }

    private static double parseFloat(JsonNode value) throws ConversionException {
        String text = digits(value.textValue().strip()).replaceAll("(?<=[0-9])_(?=[0-9])", "");
        String lower = text.toLowerCase(java.util.Locale.ROOT);
        switch (lower.startsWith("+") || lower.startsWith("-") ? lower.substring(1) : lower) {
            case "nan" -> {
                return Double.NaN;
            }
            case "inf", "infinity" -> {
                return lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            }
            default -> {
                if (!lower.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)(e[+-]?[0-9]+)?")) {
                    throw new ConversionException("could not convert string to float: " + repr(value));
                }
                return Double.parseDouble(lower);
            }
        }
    }

    /** {@code str(value)} as a node. */
    public static JsonNode toStr(JsonNode value) {
        return value.isTextual() ? value : TextNode.valueOf(repr(value));
    }

    /** {@code bool(value)}: every text that is not empty is true, {@code "false"} too. */
    public static JsonNode toBool(JsonNode value) {
        return BooleanNode.valueOf(truthy(value));
    }

    /** Whether Python takes the value for true. */
    public static boolean truthy(JsonNode value) {
        return switch (value.getNodeType()) {
            case BOOLEAN -> value.booleanValue();
            case NUMBER -> value.doubleValue() != 0;
            case STRING -> !value.textValue().isEmpty();
            case ARRAY, OBJECT -> !value.isEmpty();
            default -> false;
        };
    }

    /** {@code a == b}: {@code 1}, {@code 1.0} and {@code True} are equal. */
    public static boolean equal(JsonNode a, JsonNode b) {
        if (isNumeric(a) && isNumeric(b)) {
            return numeric(a).compareTo(numeric(b)) == 0;
        }
        return a.equals(b);
    }

    private static boolean isNumeric(JsonNode node) {
        return node.isBoolean() || (node.isNumber() && Double.isFinite(node.doubleValue()));
    }

    private static BigDecimal numeric(JsonNode node) {
        if (node.isBoolean()) {
            return node.booleanValue() ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        return node.decimalValue();
    }

    /** {@code a < b} for two numbers; anything with NaN is false. */
    public static boolean less(JsonNode a, JsonNode b) {
        boolean exact = isNumeric(a) && isNumeric(b);
        return exact ? numeric(a).compareTo(numeric(b)) < 0 : (a.doubleValue() < b.doubleValue());
    }

    /** Python's name of the value's type. */
    public static String typeName(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "str";
            case BOOLEAN -> "bool";
            case NUMBER -> value.isFloatingPointNumber() ? "float" : "int";
            case ARRAY -> "list";
            case OBJECT -> "dict";
            default -> "NoneType";
        };
    }
}
