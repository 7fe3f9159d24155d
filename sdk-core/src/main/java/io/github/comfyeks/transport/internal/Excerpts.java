package io.github.comfyeks.transport.internal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Short pictures of long bodies, for messages. */
final class Excerpts {
    private static final Pattern TITLE = Pattern.compile("<title[^>]*>([^<]{0,200})", Pattern.CASE_INSENSITIVE);

    private Excerpts() {}

    static String of(String body) {
        return body.length() > 2000 ? body.substring(0, 2000) : body;
    }

    /** What kind of thing this is, in a few words. */
    static String describe(String body) {
        String start = body.strip();
        if (start.isEmpty()) {
            return "an empty body";
        }
        if (start.startsWith("<")) {
            Matcher title = TITLE.matcher(start);
            return title.find() ? "an HTML page titled \"" + title.group(1).strip() + "\"" : "an HTML page";
        }
        String line = start.replaceAll("\\s+", " ");
        return "\"" + (line.length() > 120 ? line.substring(0, 120) + "…" : line) + "\"";
    }
}
