package io.github.comfyeks.codegen.internal;

import com.palantir.javapoet.CodeBlock;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plain data as expressions that people read: numbers without letters where they need none, texts of many lines as blocks. */
final class Literals {
    /** In letters: a constant of a class file holds 65,535 bytes, and a letter takes three at most. */
    private static final int LONGEST_TEXT = 20_000;

    private static final String LIST = "__value__";

    private Literals() {}

    /** As what takes any object; a list that is sent as a value is a list. */
    static CodeBlock data(@Nullable Object value) {
        List<?> list = wrapped(value);
        return list == null ? plain(value) : list(list);
    }

    /** The list in an object that is there to tell it from a link; null if it is no such object. */
    static @Nullable List<?> wrapped(@Nullable Object value) {
        return value instanceof Map<?, ?> map && map.size() == 1 && map.get(LIST) instanceof List<?> list ? list : null;
    }

    private static CodeBlock plain(@Nullable Object value) {
        if (value instanceof String text) {
            return text(text);
        }
        if (value instanceof Long number) {
            return whole(number);
        }
        if (value instanceof BigInteger number) {
            return CodeBlock.of("new $T($S)", Names.BIG_INTEGER, number.toString());
        }
        if (value instanceof Double number) {
            return real(number);
        }
        if (value instanceof List<?> list) {
            return list(list);
        }
        if (value instanceof Map<?, ?> map) {
            List<CodeBlock> entries = new ArrayList<>();
            map.forEach((key, each) -> entries.add(CodeBlock.of("$L, $L", text((String) key), plain(each))));
            return CodeBlock.of("$T.object($L)", Names.NODE_TYPE, CodeBlock.join(entries, ", "));
        }
        return CodeBlock.of("$L", String.valueOf(value));
    }

    private static CodeBlock list(List<?> list) {
        CodeBlock elements = list.stream().map(Literals::plain).collect(CodeBlock.joining(", "));
        if (!list.contains(null)) {
            return CodeBlock.of("$T.of($L)", Names.LIST, elements);
        }
        return CodeBlock.of("$T.asList(new $T[] {$L})", Arrays.class, Object.class, elements);
    }

    static CodeBlock whole(long number) {
        return CodeBlock.of(number == (int) number ? "$L" : "$LL", number);
    }

    static CodeBlock real(double number) {
        if (Double.isFinite(number)) {
            return CodeBlock.of("$L", number);
        }
        String constant = Double.isNaN(number) ? "NaN" : number > 0 ? "POSITIVE_INFINITY" : "NEGATIVE_INFINITY";
        return CodeBlock.of("$T.$L", Double.class, constant);
    }

    static CodeBlock text(String text) {
        if (text.length() > LONGEST_TEXT) {
            List<CodeBlock> parts = new ArrayList<>();
            for (int at = 0; at < text.length(); at += LONGEST_TEXT) {
                parts.add(text(text.substring(at, Math.min(text.length(), at + LONGEST_TEXT))));
            }
            return CodeBlock.of("$T.join(\"\", $L)", String.class, CodeBlock.join(parts, ", "));
        }
        return CodeBlock.of("$L", isBlock(text) ? block(text) : "\"" + escaped(text, true) + "\"");
    }

    /** Whether it has several lines; white space at their ends that is written as it is would be lost. */
    private static boolean isBlock(String text) {
        return text.indexOf('\n') >= 0
                && text.lines().noneMatch(line -> isLost(line, 0) || isLost(line, line.length() - 1));
    }

    private static boolean isLost(String line, int at) {
        return !line.isEmpty() && Character.isWhitespace(line.charAt(at)) && " \t\r".indexOf(line.charAt(at)) < 0;
    }

    /** All lines are indented alike by whoever writes them, which the compiler takes away again. */
    private static String block(String text) {
        StringBuilder block = new StringBuilder("\"\"\"");
        for (String line : text.split("\n", -1)) {
            StringBuilder guarded = new StringBuilder(escaped(line, false).replace("\"\"\"", "\\\"\\\"\\\""));
            int last = guarded.length() - 1;
            if (last >= 0 && guarded.charAt(last) == ' ') {
                guarded.replace(last, last + 1, "\\s");
            }
            if (guarded.indexOf(" ") == 0) {
                guarded.replace(0, 1, "\\s");
            }
            block.append('\n').append(guarded);
        }
        if (block.charAt(block.length() - 1) == '"') {
            block.insert(block.length() - 1, '\\');
        }
        return block.append("\"\"\"").toString();
    }

    private static String escaped(String text, boolean quotes) {
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' || (quotes && c == '"')) {
                escaped.append('\\').append(c);
            } else if (c == '\n') {
                escaped.append("\\n");
            } else if (c == '\r') {
                escaped.append("\\r");
            } else if (c == '\t') {
                escaped.append("\\t");
            } else if (isShown(text, i)) {
                escaped.append(c);
            } else {
                escaped.append(String.format("\\u%04x", (int) c));
            }
        }
        return escaped.toString();
    }

    /** Not: control and format letters, line ends of other kinds, halves of a pair without the other, which no file can hold. */
    private static boolean isShown(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
        }
        int type = Character.getType(c);
        return !Character.isISOControl(c)
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.UNASSIGNED;
    }
}
