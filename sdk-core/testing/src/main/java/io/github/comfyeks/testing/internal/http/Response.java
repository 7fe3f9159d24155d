package io.github.comfyeks.testing.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.comfyeks.testing.internal.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import okio.ByteString;
import okio.Socket;
import org.jspecify.annotations.Nullable;

/**
 * An answer. Immutable.
 *
 * @param upgrade who talks on the connection after a 101, or null
 * @param lost whether the connection ends instead of the answer
 */
public record Response(
        int status,
        Map<String, String> headers,
        ByteString body,
        @Nullable Consumer<Socket> upgrade,
        boolean lost) {

    public static Response of(int status) {
        return new Response(status, Map.of(), ByteString.EMPTY, null, false);
    }

    public static Response json(JsonNode body) {
        return json(200, body);
    }

    public static Response json(int status, JsonNode body) {
        return of(status)
                .with("Content-Type", "application/json; charset=utf-8")
                .body(ByteString.encodeUtf8(Json.write(body)));
    }

    public static Response text(int status, String body) {
        return of(status).with("Content-Type", "text/plain; charset=utf-8").body(ByteString.encodeUtf8(body));
    }

    public static Response html(int status, String body) {
        return of(status).with("Content-Type", "text/html").body(ByteString.encodeUtf8(body));
    }

    /** What aiohttp says when a handler raises (S10). */
    public static Response serverError() {
        return text(500, "500 Internal Server Error\n\nServer got itself in trouble");
    }

    /** What it says for a path that no route has. */
    public static Response notFound() {
        return of(404).with("Content-Type", "application/octet-stream");
    }

    public Response with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Response(status, more, body, upgrade, lost);
    }

    public Response body(ByteString newBody) {
        return new Response(status, headers, newBody, upgrade, lost);
    }

    public Response upgrade(Consumer<Socket> handler) {
        return new Response(status, headers, body, handler, lost);
    }

    /** The connection ends where this answer would have been. */
    public Response asLost() {
        return new Response(status, headers, body, upgrade, true);
    }
}
