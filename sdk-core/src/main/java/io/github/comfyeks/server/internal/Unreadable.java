package io.github.comfyeks.server.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.comfyeks.error.ProtocolException;
import io.github.comfyeks.internal.Json;
import java.io.IOException;

/** Turns answers that are no JSON, or not the JSON that the route has, into the SDK's exception. */
final class Unreadable {
    private Unreadable() {}

    /** Reads a value from a parser. */
    interface Reader<T> {
        T read(JsonParser json) throws IOException;
    }

    /** Reads a whole body, whose first token must be this one. */
    static <T> T read(byte[] body, JsonToken first, String label, Reader<T> reader) {
        try (JsonParser json = Json.factory().createParser(body)) {
            JsonToken token = json.nextToken();
            if (token != first) {
                throw unexpected(token == null ? "an empty body" : "JSON of another form, " + token, label, null);
            }
            return reader.read(json);
        } catch (IOException e) {
            throw unexpected(describe(body) + " (" + e.getMessage() + ")", label, e);
        }
    }

    /** The stream's first token must be this one. */
    static void expect(JsonParser json, JsonToken first, String label) throws IOException {
        JsonToken token = json.nextToken();
        if (token != first) {
            throw unexpected(token == null ? "an empty body" : "JSON of another form, " + token, label, null);
        }
    }

    static ProtocolException unexpected(String what, String label, @org.jspecify.annotations.Nullable Throwable cause) {
        return new ProtocolException(
                "expected JSON of a ComfyUI server, got " + what
                        + "; does the address lead to ComfyUI itself, and not to a web page or login? [" + label + "]",
                cause);
    }

    private static String describe(byte[] body) {
        for (byte b : body) {
            if (!Character.isWhitespace(b)) {
                return b == '<' ? "an HTML page" : b == '{' || b == '[' ? "broken JSON" : "something else";
            }
        }
        return "an empty body";
    }
}
