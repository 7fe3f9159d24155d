package io.github.comfyeks.output.internal;

import io.github.comfyeks.output.DownloadOptions;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** Makes names that come from a server harmless: one name, never a path, that any file system takes. */
final class FileNames {
    /** Leaves room below the usual 255 for {@code " (1)"}. */
    private static final int MAX_BYTES = 200;

    private static final int MAX_EXTENSION = 20;

    private static final Pattern RESERVED = Pattern.compile(
            "(?:CON|PRN|AUX|NUL|CONIN\\$|CONOUT\\$|(?:COM|LPT)[0-9¹²³])(?:[ .].*)?", Pattern.CASE_INSENSITIVE);

    private FileNames() {}

    /** The name that the file gets here: its own, with the preview's extension if it is one. */
    static String of(ServerFile file, DownloadOptions options) {
        String name = safe(file.filename());
        return options.previewFormat()
                .map(format -> stem(name) + (format.equals("jpeg") ? ".jpg" : "." + format))
                .orElse(name);
    }

    static String safe(String hostile) {
        String last = hostile.substring(Math.max(hostile.lastIndexOf('/'), hostile.lastIndexOf('\\')) + 1);
        StringBuilder clean = new StringBuilder(last.length());
        last.codePoints().forEach(c -> {
            if ("<>:\"|?*".indexOf(c) >= 0) {
                clean.append('_');
            } else if (isVisible(c)) {
                clean.appendCodePoint(c);
            }
        });
        String name = clean.toString().strip();
        int end = name.length();
        while (end > 0 && (name.charAt(end - 1) == '.' || name.charAt(end - 1) == ' ')) {
            end--; // Windows drops them, and another file is meant
        }
        name = name.substring(0, end);
        if (name.startsWith(".")) {
            name = "_" + name.substring(1); // else it hides, or sets up somebody's shell
        }
        if (RESERVED.matcher(name).matches()) {
            name = "_" + name;
        }
        return name.isEmpty() || name.equals("_") ? "output" : shortened(name);
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    private static String shortened(String name) {
        if (length(name) <= MAX_BYTES) {
            return name;
        }
        String extension = extension(name);
        StringBuilder kept = new StringBuilder();
        int room = MAX_BYTES - length(extension);
        int[] codePoints = stem(name).codePoints().toArray();
        for (int i = 0; i < codePoints.length; i++) {
            room -= length(Character.toString(codePoints[i]));
            if (room < 0) {
                break;
            }
            kept.appendCodePoint(codePoints[i]);
        }
        return kept + extension;
    }

    private static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** With its dot; empty if there is none, or it is too long to be one. */
    private static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 && length(name.substring(dot)) <= MAX_EXTENSION ? name.substring(dot) : "";
    }

    private static String stem(String name) {
        return name.substring(0, name.length() - extension(name).length());
    }

    /** {@code name (2).png}. */
    static String numbered(String name, int number) {
        return String.format(Locale.ROOT, "%s (%d)%s", stem(name), number, extension(name));
    }
}
