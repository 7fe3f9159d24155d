package io.github.comfyeks.file.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The last part of a web UI's parameters: {@code Steps: 20, Sampler: Euler a, Lora hashes: "a: 1, b: 2"}. */
public final class SettingsText {
    private static final String FIRST = "Steps:";
    private static final int FEWEST = 3;

    private SettingsText() {}

    /** Whether a text is parameters, though nothing says so. */
    static boolean isLikely(String text) {
        return text.startsWith(FIRST) || text.contains("\n" + FIRST);
    }

    /** The line at which the settings begin; the number of lines if there are none. */
    public static int start(List<String> lines) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i).stripLeading().startsWith(FIRST)) {
                return i;
            }
        }
        int last = lines.size() - 1;
        return last >= 0 && read(lines.get(last)).size() >= FEWEST ? last : lines.size();
    }

    /** The settings in order; what is no {@code name: value} is left out. */
    public static Map<String, String> read(String text) {
        Map<String, String> settings = new LinkedHashMap<>();
        int from = 0;
        while (from < text.length()) {
            int end = end(text, from);
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

    /** Where the setting ends: at a comma or line break outside of quotes and brackets. */
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
        if (quoted || depth > 0) { // never closed: then quotes and brackets mean nothing here
            int comma = text.indexOf(',', from);
            return comma < 0 ? text.length() : comma;
        }
        return text.length();
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
