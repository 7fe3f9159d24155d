package io.github.comfyeks.transport.internal;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;

/**
 * One cookie store for HTTP and the socket's handshake, because a load balancer's affinity is shared between them (P1).
 * The newest value of a cookie wins. Thread-safe.
 */
public final class CookieStore implements CookieJar {
    private record Key(String name, String domain, String path) {}

    private final Map<Key, Cookie> cookies = new ConcurrentHashMap<>();

    @Override
    public void saveFromResponse(HttpUrl url, List<Cookie> received) {
        for (Cookie cookie : received) {
            Key key = new Key(cookie.name(), cookie.domain(), cookie.path());
            if (cookie.expiresAt() <= System.currentTimeMillis()) {
                cookies.remove(key);
            } else {
                cookies.put(key, cookie);
            }
        }
    }

    @Override
    public List<Cookie> loadForRequest(HttpUrl url) {
        if (cookies.isEmpty()) {
            return List.of();
        }
        long now = System.currentTimeMillis();
        cookies.values().removeIf(cookie -> cookie.expiresAt() <= now);
        return cookies.values().stream().filter(cookie -> cookie.matches(url)).toList();
    }

    /** Takes the raw values of {@code Set-Cookie} headers that came from this address. */
    void adopt(HttpUrl url, Collection<String> setCookie) {
        saveFromResponse(
                url,
                setCookie.stream()
                        .flatMap(header -> java.util.stream.Stream.ofNullable(Cookie.parse(url, header)))
                        .toList());
    }

    /** The value of a {@code Cookie} header for this address; empty if there is none to send. */
    String headerFor(HttpUrl url) {
        return loadForRequest(url).stream()
                .map(cookie -> cookie.name() + "=" + cookie.value())
                .collect(Collectors.joining("; "));
    }

    /** Name and value of the cookies whose names say that they pin a pod. */
    Map<String, String> affinity(HttpUrl url, Collection<String> prefixes) {
        Map<String, String> found = new TreeMap<>();
        for (Cookie cookie : loadForRequest(url)) {
            if (prefixes.stream().anyMatch(cookie.name()::startsWith)) {
                found.put(cookie.name(), cookie.value());
            }
        }
        return found;
    }
}
