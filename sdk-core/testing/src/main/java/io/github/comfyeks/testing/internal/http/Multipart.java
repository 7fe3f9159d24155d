package io.github.comfyeks.testing.internal.http;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** A form of {@code multipart/form-data}; names of files stay as they were sent, percent signs and all (H7). */
final class Multipart {
    private static final Pattern BOUNDARY = Pattern.compile("boundary=(?:\"([^\"]+)\"|([^;\\s]+))");
    private static final Pattern PARAMETER =
            Pattern.compile(";\\s*([a-zA-Z*]+)=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;\\s]*))");

    private final Map<String, Part> parts = new LinkedHashMap<>();

    /**
     * A part.
     *
     * @param filename the file's name, or null for a plain value
     */
    record Part(@Nullable String filename, ByteString content) {}

    private Multipart() {}

    static Multipart parse(@Nullable String contentType, ByteString body) throws IOException {
        Multipart form = new Multipart();
        Matcher matcher = BOUNDARY.matcher(contentType == null ? "" : contentType);
        if (!matcher.find()) {
            return form;
        }
        String boundary = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        ByteString delimiter = ByteString.encodeUtf8("--" + boundary);
        int at = body.indexOf(delimiter);
        while (at >= 0) {
            int start = at + delimiter.size() + 2;
            int next = body.indexOf(delimiter, start);
            if (next < 0) {
                break;
            }
            form.add(body.substring(start, next - 2));
            at = next;
        }
        return form;
    }

    private void add(ByteString part) throws IOException {
        int end = part.indexOf(ByteString.encodeUtf8("\r\n\r\n"));
        if (end < 0) {
            throw new IOException("a part without headers");
        }
        String name = null;
        String filename = null;
        for (String header : part.substring(0, end).utf8().split("\r\n")) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-disposition:")) {
                Matcher matcher = PARAMETER.matcher(header);
                while (matcher.find()) {
                    String value = matcher.group(2) == null ? matcher.group(3) : unescape(matcher.group(2));
                    switch (matcher.group(1)) {
                        case "name" -> name = value;
                        case "filename" -> filename = value;
                        case "filename*" -> filename = extended(value);
                        default -> {
                            // other parameters mean nothing to a server
                        }
                    }
                }
            }
        }
        if (name != null) {
            parts.put(name, new Part(filename, part.substring(end + 4)));
        }
    }

    private static String unescape(String quoted) {
        return quoted.replaceAll("\\\\(.)", "$1");
    }

    /** {@code UTF-8''name}, percent-encoded. */
    private static String extended(String value) {
        String encoded = value.substring(value.lastIndexOf('\'') + 1);
        return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Nullable
    Part part(String name) {
        return parts.get(name);
    }

    /** The text of a plain value, or null. */
    @Nullable
    String text(String name) {
        Part part = parts.get(name);
        return part == null ? null : part.content().utf8();
    }
}
