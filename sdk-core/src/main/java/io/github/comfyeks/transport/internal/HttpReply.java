package io.github.comfyeks.transport.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.comfyeks.error.ProtocolException;
import io.github.comfyeks.internal.Json;
import io.github.comfyeks.internal.JsonStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A whole answer. */
public final class HttpReply {
    private final String label;
    private final int status;
    private final Function<String, @Nullable String> headers;
    private final byte[] body;

    HttpReply(String label, int status, Function<String, @Nullable String> headers, byte[] body) {
        this.label = label;
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    public int status() {
        return status;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.apply(name));
    }

    public byte[] bytes() {
        return body;
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Whether the body is a JSON object or list, judged by its first character as much as by its content type. */
    public boolean looksLikeJson() {
        for (byte b : body) {
            if (!Character.isWhitespace(b)) {
                return b == '{' || b == '[';
            }
        }
        return false;
    }

    /**
     * @throws ProtocolException if the body is no JSON: a proxy's page, or no ComfyUI server at all
     */
    public JsonNode json() {
        try {
            JsonNode tree = Json.tree(body);
            if (tree == null || tree.isMissingNode()) {
                throw notJson("an empty body", null);
            }
            return tree;
        } catch (IOException e) {
            throw notJson(Excerpts.describe(text()), e);
        }
    }

    /**
     * The same as plain data, which is read faster than a tree; empty if it is JSON but no object.
     *
     * @throws ProtocolException if the body is no JSON
     */
    public Map<String, Object> object() {
        try (JsonParser json = Json.factory().createParser(body)) {
            if (json.nextToken() == null) {
                throw notJson("an empty body", null);
            }
            return JsonStream.object(json);
        } catch (IOException e) {
            throw notJson(Excerpts.describe(text()), e);
        }
    }

    private ProtocolException notJson(String what, @Nullable Throwable cause) {
        return new ProtocolException(
                "expected JSON of a ComfyUI server, got " + what + " under status " + status
                        + "; does the address lead to ComfyUI itself, and not to a web page or login? [" + label + "]",
                cause);
    }
}
