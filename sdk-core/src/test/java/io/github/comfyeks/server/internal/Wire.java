package io.github.comfyeks.server.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.comfyeks.internal.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** What real servers said: the recordings among the test resources. */
final class Wire {
    static final List<String> VERSIONS = List.of("0.3.64", "0.8.0", "0.33.0");
    static final List<String> SCENARIOS = List.of(
            "simple-run",
            "history-paging",
            "queue-while-running",
            "jobs-api",
            "models",
            "system-stats",
            "userdata",
            "node-raises",
            "interrupted-running",
            "execution-blocked",
            "feature-flags",
            "http-errors");

    private Wire() {}

    record Exchange(String version, String scenario, String method, String path, String json) {
        byte[] body() {
            return json.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return version + " " + scenario + ": " + method + " " + path;
        }
    }

    /** The answers with status 200 whose request fits. */
    static List<Exchange> answers(String method, Predicate<String> path) {
        List<Exchange> all = new ArrayList<>();
        for (String version : VERSIONS) {
            for (String scenario : SCENARIOS) {
                for (JsonNode exchange : recording(version, scenario).path("exchanges")) {
                    JsonNode request = exchange.path("request");
                    JsonNode response = exchange.path("response");
                    if (response.path("status").asInt() == 200
                            && request.path("method").asText().equals(method)
                            && path.test(request.path("path").asText())) {
                        all.add(new Exchange(
                                version,
                                scenario,
                                method,
                                request.path("path").asText(),
                                Json.write(Json.plain(response.get("body")))));
                    }
                }
            }
        }
        return all;
    }

    /** The scenario's history as {@code GET /history} would give it. */
    static byte[] history(String version, String scenario) {
        return Json.writeBytes(Json.plain(recording(version, scenario).path("history")));
    }

    static JsonNode recording(String version, String scenario) {
        String name = "/wire/" + version + "/" + scenario + ".json";
        try (InputStream in = Objects.requireNonNull(Wire.class.getResourceAsStream(name), name)) {
            return Json.tree(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
