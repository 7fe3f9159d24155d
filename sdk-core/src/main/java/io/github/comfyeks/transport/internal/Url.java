package io.github.comfyeks.transport.internal;

import java.net.IDN;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An http or https address, split as a request needs it. Hosts may hold underscores, as container names do, which {@link URI}
 * has no host for.
 *
 * @param target path and query, encoded; begins with a slash
 */
record Url(Origin origin, String target) {
    private static final String HEX = "0123456789ABCDEF";
    private static final String UNRESERVED = "-._~";

    /** Scheme, host and port: what credentials and connections belong to. */
    record Origin(boolean secure, String host, int port) {
        /** Without the port where it is the scheme's own; the value of a {@code Host} header. */
        String authority() {
            String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
            return port == (secure ? 443 : 80) ? name : name + ":" + port;
        }

        @Override
        public String toString() {
            return (secure ? "https://" : "http://") + authority();
        }
    }

    /** @throws IllegalArgumentException if it is no http or https address */
    static Url of(URI uri) {
        Origin origin = origin(uri);
        if (origin == null) {
            throw new IllegalArgumentException("no http or https address: " + uri);
        }
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return new Url(origin, uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
    }

    private static @Nullable Origin origin(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String authority = uri.getRawAuthority();
        if (authority == null || !(scheme.equals("http") || scheme.equals("https"))) {
            return null;
        }
        boolean secure = scheme.equals("https");
        String hostAndPort = authority.substring(authority.lastIndexOf('@') + 1);
        int colon = hostAndPort.lastIndexOf(':');
        boolean hasPort = colon > hostAndPort.lastIndexOf(']');
        String host = hasPort ? hostAndPort.substring(0, colon) : hostAndPort;
        String port = hasPort ? hostAndPort.substring(colon + 1) : "";
        if (host.startsWith("[")) {
            host = host.substring(1, host.length() - 1);
        }
        try {
            host = IDN.toASCII(host).toLowerCase(Locale.ROOT);
            int number = port.isEmpty() ? (secure ? 443 : 80) : Integer.parseInt(port);
            return host.isEmpty() || number < 1 || number > 65_535 ? null : new Origin(secure, host, number);
        } catch (IllegalArgumentException e) {
            return null; // no port, or no name of a host
        }
    }

    /** The same server, with these path segments behind the path; each is encoded wholly. */
    Url plus(List<String> segments) {
        StringBuilder path = new StringBuilder(target.equals("/") ? "" : target);
        for (String segment : segments) {
            encode(segment, path.append('/'));
        }
        return new Url(origin, path.toString());
    }

    Url query(Map<String, String> parameters) {
        StringBuilder query = new StringBuilder(target);
        char joint = '?';
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            encode(parameter.getKey(), query.append(joint));
            encode(parameter.getValue(), query.append('='));
            joint = '&';
        }
        return new Url(origin, query.toString());
    }

    /** Where a {@code Location} header leads to from here; null if to no http or https address. */
    @Nullable
    Url resolve(String location) {
        try {
            URI to = URI.create(origin + target).resolve(location.strip());
            return origin(to) == null ? null : of(to);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static void encode(String text, StringBuilder into) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if ((c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || UNRESERVED.indexOf(c) >= 0) {
                into.append(c);
            } else {
                into.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
    }

    /** The address in full, for messages; the query may hold file names, never a secret. */
    @Override
    public String toString() {
        return origin + target;
    }
}
