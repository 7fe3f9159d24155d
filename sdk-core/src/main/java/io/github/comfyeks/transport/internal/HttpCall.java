package io.github.comfyeks.transport.internal;

import io.github.comfyeks.internal.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request to a route of the server, before it is sent. A builder; used by one thread.
 *
 * <p>The template's {@code {…}} are filled with the arguments, each as one URL-encoded path segment; unfilled it is the
 * route's label in errors and metrics.
 */
public final class HttpCall {
    final String method;
    final String template;
    final List<String> segments = new ArrayList<>();
    final Map<String, String> query = new LinkedHashMap<>();
    final Map<String, String> headers = new LinkedHashMap<>();
    final List<Integer> accepted = new ArrayList<>();

    @Nullable
    HttpBody body;

    boolean repeatable;

    @Nullable
    Duration limit;

    private HttpCall(String method, String template, String... arguments) {
        this.method = method;
        this.template = template;
        this.repeatable = method.equals("GET") || method.equals("HEAD");
        int next = 0;
        for (String segment : template.substring(1).split("/", -1)) {
            segments.add(segment.startsWith("{") ? arguments[next++] : segment);
        }
    }

    /** A read: repeated after failures that may pass. */
    public static HttpCall get(String template, String... arguments) {
        return new HttpCall("GET", template, arguments);
    }

    public static HttpCall head(String template, String... arguments) {
        return new HttpCall("HEAD", template, arguments);
    }

    /** A write: sent once. */
    public static HttpCall post(String template, String... arguments) {
        return new HttpCall("POST", template, arguments);
    }

    public static HttpCall delete(String template, String... arguments) {
        return new HttpCall("DELETE", template, arguments);
    }

    public HttpCall query(String name, @Nullable Object value) {
        if (value != null) {
            query.put(name, value.toString());
        }
        return this;
    }

    public HttpCall header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public HttpCall json(Object value) {
        return json(Json.writeBytes(value));
    }

    public HttpCall json(byte[] bytes) {
        body = HttpBody.of("application/json", bytes);
        return this;
    }

    public HttpCall body(HttpBody body) {
        this.body = body;
        return this;
    }

    /** These statuses are answers too, besides 2xx. */
    public HttpCall accept(int... statuses) {
        for (int status : statuses) {
            accepted.add(status);
        }
        return this;
    }

    /** One attempt, whatever the policy says: the caller repeats by itself. */
    public HttpCall once() {
        repeatable = false;
        return this;
    }

    /** A write that does the same when it is done twice: repeated like a read. */
    public HttpCall repeatable() {
        repeatable = true;
        return this;
    }

    /** Instead of the client's request limit. */
    public HttpCall limit(Duration limit) {
        this.limit = limit;
        return this;
    }

    /** Whether the template has nothing to fill in. */
    boolean isFixedPath() {
        return template.indexOf('{') < 0;
    }

    /** {@code GET /history/{id}}: for errors and metrics. */
    public String label() {
        return method + " " + template;
    }
}
