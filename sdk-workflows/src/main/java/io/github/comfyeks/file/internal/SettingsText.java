package io.github.comfyeks.file.internal;

import java.util.LinkedHashMap;
import java.util.Map;

/** The last part of a web UI's parameters: {@code Steps: 20, Sampler: Euler a, Lora hashes: "a: 1, b: 2"}. */
public final class SettingsText {
    private static final String FIRST = "Steps:";
    private static final int FEWEST = 3;
    private static final int MOST = 1000;

    private SettingsText() {}

    /** Whether a text is parameters, though nothing says so. */
    static boolean isLikely(String text) {
        return text.startsWith(FIRST) || text.contains("\n" + FIRST);
    }

    /** Where the settings begin; the text's end if there are none. */
    public static int start(String text) {
        int last = text.lastIndexOf("\n" + FIRST) + 1;
        if (last > 0 || text.startsWith(FIRST)) {
            return last;
        }
        int lastLine = text.lastIndexOf('\n') + 1;
        return read(text.substring(lastLine)).size() >= FEWEST ? lastLine : text.length();
    }

    /** Where the first line begins that begins so; -1 if none does. */
    public static int line(String text, String beginning) {
        int at = text.indexOf("\n" + beginning);
        return text.startsWith(beginning) ? 0 : at < 0 ? -1 : at + 1;
    }

    /** The settings in order; what is no {@code name: value} is left out, and what comes after the first thousand. */
    public static Map<String, String> read(String text) {
        Map<String, String> settings = new LinkedHashMap<>();
        boolean nesting = true;
        int from = 0;
        while (from < text.length() && settings.size() < MOST) {
            int end = nesting ? end(text, from) : -1;
            if (end < 0) { // quotes or brackets that are never closed mean nothing, and are not looked for again
                nesting = false;
                end = text.indexOf(',', from) < 0 ? text.length() : text.indexOf(',', from);
            }
            String setting = text.substring(from, end);
            int colon = setting.indexOf(':');
            String name = colon < 0 ? "" : setting.substring(0, colon).strip();
            if (!name.isEmpty() && name.chars().noneMatch(c -> c == '"' || c == '(' || c == '<' || c == '[')) {
                settings.put(name, unquoted(setting.substring(colon + 1).strip()));
            }
            from = end + 1;
        }
        return settings;
    }

    /** Where the setting ends: at a comma or line break outside of quotes and brackets; -1 if one is never closed. */
    private static int end(String text, int from) {
        int depth = 0;
        boolean quoted = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            } else if ((c == ',' || c == '\n') && depth <= 0) {
                return i;
            }
        }
        return quoted || depth > 0 ? -1 : text.length();
    }

    private static String unquoted(String value) {
        if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
            return value;
        }
        try {
            return JsonText.read(value) instanceof String text ? text : value;
        } catch (FileFault e) {
            return value.substring(1, value.length() - 1); // quoted by hand
        }
    }
}
