package io.github.comfyeks.suite;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.comfyeks.output.OutputFile;
import io.github.comfyeks.ref.PromptId;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A ComfyUI server as plain HTTP shows it, so that the client's word need not be taken. Thread-safe. */
public final class RawServer {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final URI server;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public RawServer(URI server) {
        this.server = server;
    }

    /** The body of a {@code GET} as JSON. */
    public JsonNode get(String path) {
        return json(new String(bytes(path), StandardCharsets.UTF_8));
    }

    /** The body of a {@code GET}. */
    public byte[] bytes(String path) {
        return send(request(path).GET().build()).body();
    }

    /**
     * What a server says.
     *
     * @param body missing if it is no JSON
     */
    public record Answer(int status, JsonNode body) {}

    /** The status of a {@code POST} of JSON. */
    public int post(String path, String json) {
        return sent(path, json).statusCode();
    }

    /** The answer to a {@code POST} of JSON. */
    public Answer answer(String path, String json) {
        HttpResponse<byte[]> answer = sent(path, json);
        boolean isJson = answer.headers()
                .firstValue("content-type")
                .map(type -> type.startsWith("application/json"))
                .orElse(false);
        return new Answer(
                answer.statusCode(),
                isJson ? json(new String(answer.body(), StandardCharsets.UTF_8)) : MissingNode.getInstance());
    }

    private HttpResponse<byte[]> sent(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    /** A file of an output as {@code /view} has it. */
    public byte[] view(OutputFile file) {
        return bytes("/view?filename=" + encode(file.filename()) + "&subfolder=" + encode(file.subfolder()) + "&type="
                + encode(file.type()));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The history entry of a run; missing if there is none. */
    public JsonNode history(PromptId id) {
        return get("/history/" + id).path(id.value());
    }

    /** Whether the run waits. */
    public boolean isPending(PromptId id) {
        return has(get("/queue").path("queue_pending"), id);
    }

    /** Whether the run is at work. */
    public boolean isRunning(PromptId id) {
        return has(get("/queue").path("queue_running"), id);
    }

    private static boolean has(JsonNode items, PromptId id) {
        for (JsonNode item : items) {
            if (item.path(1).asText().equals(id.value())) {
                return true;
            }
        }
        return false;
    }

    /** Text as JSON. */
    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException("no JSON: " + text, e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server + path)).timeout(Duration.ofSeconds(60));
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new IllegalStateException("no answer to " + request, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted at " + request, e);
        }
    }
}
