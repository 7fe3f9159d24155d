package io.github.comfyeks.testing.internal.http;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the handler of a request. Parts of a pattern in braces match one segment, with {@code %2F} in it kept (H9). */
public final class Router {
    private final List<Route> routes = new ArrayList<>();
    private final long maxBody;

    /** @param maxBody bytes of a request's body that are taken */
    Router(long maxBody) {
        this.maxBody = maxBody;
    }

    /** Answers a request. */
    @FunctionalInterface
    public interface Handler {
        Response answer(Request request) throws IOException;
    }

    private record Route(String method, List<String> pattern, Handler handler) {}

    /** Adds a route under its path and under {@code /api} (H11). */
    public Router add(String method, String path, Handler handler) {
        routes.add(new Route(method, List.of(path.split("/", -1)), handler));
        return path.startsWith("/api/") ? this : addOnly(method, "/api" + path, handler);
    }

    /** Adds a route under just this path. */
    public Router addOnly(String method, String path, Handler handler) {
        routes.add(new Route(method, List.of(path.split("/", -1)), handler));
        return this;
    }

    /**
     * The answer.
     *
     * @param path the path as it came, still encoded
     */
    public Response answer(Request.Source source, String path) {
        List<String> segments = List.of(path.split("/", -1));
        TreeSet<String> allowed = new TreeSet<>();
        for (Route route : routes) {
            Map<String, String> parts = match(route.pattern(), segments);
            if (parts == null) {
                continue;
            }
            boolean head = source.method().equals("HEAD") && route.method().equals("GET");
            if (head || route.method().equals(source.method())) {
                String length = source.header("Content-Length");
                return length != null && Long.parseLong(length) > maxBody
                        ? tooLarge(length)
                        : run(route.handler(), new Request(source, parts));
            }
            allowed.add(route.method());
            if (route.method().equals("GET")) {
                allowed.add("HEAD");
            }
        }
        if (source.method().equals("GET") || source.method().equals("HEAD")) {
            return Response.notFound();
        }
        if (source.method().equals("OPTIONS")) {
            return Response.of(200);
        }
        if (allowed.isEmpty()) {
            allowed.addAll(List.of("GET", "HEAD"));
        }
        return Response.text(405, "405: Method Not Allowed").with("Allow", String.join(",", allowed));
    }

    /** What a server says when a handler reads more than {@code --max-upload-size} (S10). */
    private Response tooLarge(String length) {
        return Response.text(413, "Maximum request body size " + maxBody + " exceeded, actual body size " + length);
    }

    private static @Nullable Map<String, String> match(List<String> pattern, List<String> segments) {
        if (pattern.size() != segments.size()) {
            return null;
        }
        Map<String, String> parts = new HashMap<>();
        for (int i = 0; i < pattern.size(); i++) {
            String expected = pattern.get(i);
            if (expected.startsWith("{")) {
                if (segments.get(i).isEmpty()) {
                    return null;
                }
                parts.put(expected.substring(1, expected.length() - 1), decode(segments.get(i)));
            } else if (!expected.equals(segments.get(i))) {
                return null;
            }
        }
        return parts;
    }

    static String decode(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return segment;
        }
    }

    /** Bad JSON or a value of the wrong kind makes a real handler raise. */
    private static Response run(Handler handler, Request request) {
        try {
            return handler.answer(request);
        } catch (IOException | RuntimeException e) {
            return Response.serverError();
        }
    }
}
