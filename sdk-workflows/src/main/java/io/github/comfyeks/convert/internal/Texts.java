package io.github.comfyeks.convert.internal;

import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the page does to texts before it sends them. */
final class Texts {
    private static final Pattern COMMENT = Pattern.compile("/\\*[\\s\\S]*?\\*/|//.*");
    private static final Pattern ESCAPED = Pattern.compile("\\\\([{}|])");
    private static final Pattern TOKEN = Pattern.compile("%([^%]+)%");
    private static final Pattern UNSAFE = Pattern.compile("[/?<>\\\\:*|\"\\x00-\\x1f\\x7f]");

    private final FileModel file;
    private final DoubleSupplier random;
    private final Clock clock;

    Texts(FileModel file, DoubleSupplier random, Clock clock) {
        this.file = file;
        this.random = random;
        this.clock = clock;
    }

    // ---- dynamic prompts ----

    /** Without comments, with one of each set of alternatives. */
    String dynamic(String text) {
        String bare = COMMENT.matcher(text).replaceAll("");
        Reader reader = new Reader(bare);
        StringBuilder chosen = new StringBuilder();
        while (!reader.isDone()) {
            chosen.append(reader.isAt('{') ? alternative(reader) : reader.next());
        }
        return ESCAPED.matcher(chosen).replaceAll("$1");
    }

    private String alternative(Reader reader) {
        reader.next();
        List<String> options = new ArrayList<>();
        StringBuilder option = new StringBuilder();
        while (!reader.isDone() && !reader.isAt('}')) {
            if (reader.isAt('|')) {
                reader.next();
                options.add(option.toString());
                option.setLength(0);
            } else {
                option.append(reader.isAt('{') ? alternative(reader) : reader.next());
            }
        }
        if (!reader.isDone()) {
            reader.next();
        }
        options.add(option.toString());
        return options.get((int) Math.min(options.size() - 1, Math.floor(random.getAsDouble() * options.size())));
    }

    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        boolean isDone() {
            return at >= text.length();
        }

        boolean isAt(char c) {
            return text.charAt(at) == c;
        }

        /** The next character, with the one that it escapes. */
        String next() {
            int length = text.charAt(at) == '\\' && at + 1 < text.length() ? 2 : 1;
            at += length;
            return text.substring(at - length, at);
        }
    }

    // ---- tokens in file names ----

    /** With dates and other nodes' values filled in. */
    String fileName(String text) {
        Matcher token = TOKEN.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (token.find()) {
            token.appendReplacement(filled, Matcher.quoteReplacement(value(token.group(), token.group(1))));
        }
        return token.appendTail(filled).toString();
    }

    private String value(String whole, String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 2) {
            return parts[0].startsWith("date:") ? date(parts[0].substring("date:".length())) : whole;
        }
        UiNode node = find(parts[0]);
        Widget widget = node == null ? null : file.widgets(node).get(parts[1]);
        if (widget == null) {
            return whole;
        }
        Object value = widget.value();
        return UNSAFE.matcher(value == null ? "" : Data.printed(value)).replaceAll("_");
    }

    private @org.jspecify.annotations.Nullable UiNode find(String name) {
        for (UiNode node : file.allNodes()) {
            if (name.equals(node.properties.get("Node name for S&R"))) {
                return node;
            }
        }
        for (UiNode node : file.allNodes()) {
            if (name.equals(node.title)) {
                return node;
            }
        }
        return null;
    }

    /** By the editor's own letters: d, M, h, m, s and y, doubled for leading zeros. */
    private String date(String format) {
        LocalDateTime now = LocalDateTime.now(clock);
        StringBuilder text = new StringBuilder();
        Matcher letters = Pattern.compile("yyyy|yyy|yy|y|MM?|dd?|hh?|mm?|ss?").matcher(format);
        while (letters.find()) {
            String letter = letters.group();
            String pattern = letter.startsWith("y") ? (letter.length() > 2 ? "yyyy" : "yy") : letter.replace('h', 'H');
            letters.appendReplacement(text, DateTimeFormatter.ofPattern(pattern).format(now));
        }
        return letters.appendTail(text).toString();
    }
}
