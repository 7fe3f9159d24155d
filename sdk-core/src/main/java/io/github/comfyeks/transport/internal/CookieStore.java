package io.github.comfyeks.transport.internal;

import java.net.HttpCookie;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One cookie store for HTTP and the socket's handshake, because a load balancer's affinity is shared between them (P1).
 * The newest value of a cookie wins. Thread-safe.
 */
final class CookieStore {
    private static final Pattern EXPIRES = Pattern.compile("(?i);\\s*expires=([^;]*)");
    private static final Pattern DATE =
            Pattern.compile("(\\d{1,2})[ -](\\p{Alpha}{3})[ -](\\d{4} \\d{2}:\\d{2}:\\d{2})");
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("d MMM yyyy HH:mm:ss", Locale.ENGLISH);

    private record Key(String name, String domain, String path) {}

    /** @param hostOnly whether it named no domain: then it is for that one host */
    private record Held(HttpCookie cookie, String domain, boolean hostOnly, String path) {
        boolean matches(Url url) {
            String host = url.origin().host();
            boolean there = host.equals(domain) || (!hostOnly && host.endsWith("." + domain));
            return there && isUnder(url.target()) && (url.origin().secure() || !cookie.getSecure());
        }

        private boolean isUnder(String target) {
            int query = target.indexOf('?');
            String at = query < 0 ? target : target.substring(0, query);
            return at.equals(path) || (at.startsWith(path) && (path.endsWith("/") || at.charAt(path.length()) == '/'));
        }
    }

    private final Map<Key, Held> cookies = new ConcurrentHashMap<>();

    /** Takes the values of {@code Set-Cookie} headers that came from this address; what is no cookie is left out. */
    void adopt(Url url, Collection<String> setCookie) {
        for (String header : setCookie) {
            HttpCookie cookie = parsed(header);
            if (cookie != null) {
                adopt(url, cookie);
            }
        }
    }

    private static @Nullable HttpCookie parsed(String header) {
        try {
            List<HttpCookie> parsed = HttpCookie.parse("Set-Cookie: " + withMaxAge(header));
            return parsed.isEmpty() ? null : parsed.get(0);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The date as an age: one that {@link HttpCookie} cannot read, such as with a wrong day of the week, it takes as past. */
    private static String withMaxAge(String header) {
        Matcher expires = EXPIRES.matcher(header);
        if (!expires.find()) {
            return header;
        }
        Matcher date = DATE.matcher(expires.group(1));
        String rest = expires.replaceAll("");
        if (!date.find() || rest.toLowerCase(Locale.ROOT).contains("max-age=")) {
            return rest;
        }
        try {
            long end = LocalDateTime.parse(date.group(1) + " " + date.group(2) + " " + date.group(3), DAY_AND_TIME)
                    .toEpochSecond(ZoneOffset.UTC);
            return rest + "; Max-Age=" + Math.max(0, end - Instant.now().getEpochSecond());
        } catch (DateTimeParseException e) {
            return rest;
        }
    }

    private void adopt(Url url, HttpCookie cookie) {
        String host = url.origin().host();
        String domain = cookie.getDomain() == null ? "" : cookie.getDomain().toLowerCase(Locale.ROOT);
        domain = domain.startsWith(".") ? domain.substring(1) : domain;
        boolean hostOnly = domain.isEmpty() || domain.equals(host);
        if (!hostOnly && (!host.endsWith("." + domain) || domain.indexOf('.') < 0)) {
            return; // another's, or of a whole top-level domain
        }
        String path = cookie.getPath() == null || !cookie.getPath().startsWith("/") ? "/" : cookie.getPath();
        Key key = new Key(cookie.getName(), hostOnly ? host : domain, path);
        if (cookie.hasExpired()) {
            cookies.remove(key);
        } else {
            cookies.put(key, new Held(cookie, key.domain(), domain.isEmpty(), path));
        }
    }

    /** Takes cookies for the whole of this server. */
    void adopt(Url url, Map<String, String> values) {
        values.forEach((name, value) -> adopt(url, new HttpCookie(name, value)));
    }

    /** The value of a {@code Cookie} header for this address; empty if there is none to send. */
    String headerFor(Url url) {
        return cookies.isEmpty()
                ? ""
                : matching(url).stream()
                        .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                        .collect(Collectors.joining("; "));
    }

    private List<HttpCookie> matching(Url url) {
        cookies.values().removeIf(held -> held.cookie.hasExpired());
        return cookies.values().stream()
                .filter(held -> held.matches(url))
                .map(Held::cookie)
                .toList();
    }

    /** Name and value of the cookies whose names say that they pin a pod. */
    Map<String, String> affinity(Url url, Collection<String> prefixes) {
        if (cookies.isEmpty()) {
            return Map.of();
        }
        Map<String, String> found = new TreeMap<>();
        for (HttpCookie cookie : matching(url)) {
            if (prefixes.stream().anyMatch(cookie.getName()::startsWith)) {
                found.put(cookie.getName(), cookie.getValue());
            }
        }
        return found;
    }
}
