package io.github.comfyeks.transport;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What proves to the server, or to a proxy before it, who we are: headers on every HTTP request and on the socket's
 * handshake. They go to the server's own origin only (scheme, host and port), never to where a redirect points, and
 * never into a log, an exception or {@link #toString()}.
 *
 * <p>Immutable; a {@link #provider} is asked once a request, from several threads.
 */
public final class Credentials {
    private final Supplier<Map<String, String>> headers;
    private final String kind;

    private Credentials(String kind, Supplier<Map<String, String>> headers) {
        this.kind = kind;
        this.headers = headers;
    }

    /** No credentials; the default. */
    public static Credentials none() {
        return new Credentials("none", Map::of);
    }

    /** HTTP basic authentication; user and password in UTF-8. */
    public static Credentials basic(String user, String password) {
        String token = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return header("Authorization", "Basic " + token).named("basic");
    }

    /** A bearer token, as OIDC and JWT checks of a load balancer want it. */
    public static Credentials bearer(String token) {
        return header("Authorization", "Bearer " + token).named("bearer");
    }

    /** Any one header, such as {@code X-Api-Key}. */
    public static Credentials header(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '\t' && (c < ' ' || c == 0x7f)) {
                throw new IllegalArgumentException("the value of header " + name + " has a control character at index "
                        + i + "; trim the line break that a file or secret often ends with");
            }
        }
        Map<String, String> one = Map.of(name, value);
        return new Credentials("header " + name, () -> one);
    }

    /**
     * Credentials that change, such as short-lived tokens: asked before each request and each opening of the socket. It
     * should answer from a cache; what it throws ends the request that asked.
     */
    public static Credentials provider(Supplier<Credentials> provider) {
        return new Credentials("provider", () -> provider.get().headers());
    }

    private Credentials named(String kind) {
        return new Credentials(kind, headers);
    }

    /** The headers to send now. For the transport; do not log. */
    public Map<String, String> headers() {
        return headers.get();
    }

    /** The kind only; no secret. */
    @Override
    public String toString() {
        return "Credentials[" + kind + "]";
    }
}
