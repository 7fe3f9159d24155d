package io.github.comfyeks.testing.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.comfyeks.testing.internal.json.Json;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as routes see it.
 *
 * @param path decoded parts of the route, by the names in its pattern
 */
public record Request(Source source, Map<String, String> path) {

    /** What came over the line. */
    public interface Source {
        String method();

        @Nullable
        String query(String name);

        @Nullable
        String header(String name);

        byte[] body();
    }

    public @Nullable String query(String name) {
        return source.query(name);
    }

    public String query(String name, String otherwise) {
        String value = source.query(name);
        return value == null ? otherwise : value;
    }

    public @Nullable String header(String name) {
        return source.header(name);
    }

    public byte[] body() {
        return source.body();
    }

    /** A decoded part of the path. */
    public String part(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no part " + name);
        }
        return value;
    }

    /** The body as JSON. */
    public JsonNode json() throws IOException {
        return Json.parse(source.body());
    }
}
