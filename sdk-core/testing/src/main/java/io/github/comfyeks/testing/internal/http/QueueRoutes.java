package io.github.comfyeks.testing.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.comfyeks.testing.internal.json.Json;
import io.github.comfyeks.testing.internal.json.Python;
import io.github.comfyeks.testing.internal.run.QueueItem.TwinsException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** {@code /queue}, {@code /history}, {@code /interrupt}, {@code /free}. */
final class QueueRoutes {
    private final Pod pod;

    private QueueRoutes(Pod pod) {
        this.pod = pod;
    }

    static void register(Router router, Pod pod) {
        QueueRoutes routes = new QueueRoutes(pod);
        router.add(
                "GET", "/queue", request -> Response.json(pod.queue().snapshot().toJson()));
        router.add("POST", "/queue", routes::changeQueue);
        router.add("GET", "/history", routes::history);
        router.add(
                "GET",
                "/history/{prompt_id}",
                request -> Response.json(pod.history().one(request.part("prompt_id"))));
        router.add("POST", "/history", routes::changeHistory);
        router.add("POST", "/interrupt", routes::interrupt);
        router.add("POST", "/free", routes::free);
    }

    private Response changeQueue(Request request) throws IOException {
        JsonNode body = request.json();
        if (Python.truthy(body.path("clear"))) {
            pod.queue().clear();
        }
        for (JsonNode id : body.path("delete")) {
            try {
                pod.queue().delete(Python.str(id));
            } catch (TwinsException e) {
                return Response.serverError();
            }
        }
        return Response.of(200);
    }

    private Response history(Request request) {
        Integer maxItems = number(request.query("max_items"));
        Integer offset = number(request.query("offset"));
        return Response.json(pod.history().page(maxItems, offset == null ? -1 : offset));
    }

    private static @Nullable Integer number(@Nullable String text) {
        return text == null ? null : Integer.valueOf(text.strip());
    }

    private Response changeHistory(Request request) throws IOException {
        JsonNode body = request.json();
        if (Python.truthy(body.path("clear"))) {
            pod.history().clear();
        }
        body.path("delete").forEach(id -> pod.history().delete(Python.str(id)));
        return Response.of(200);
    }

    private Response interrupt(Request request) {
        JsonNode body = bodyOrEmpty(request);
        if (!body.isObject()) {
            return Response.serverError();
        }
        JsonNode promptId = body.path("prompt_id");
        pod.queue().interrupt(Python.truthy(promptId) ? Python.str(promptId) : null);
        return Response.of(200);
    }

    private static JsonNode bodyOrEmpty(Request request) {
        try {
            return request.json();
        } catch (IOException e) {
            return Json.object();
        }
    }

    private Response free(Request request) throws IOException {
        JsonNode body = request.json();
        if (Python.truthy(body.path("free_memory"))) {
            pod.clearCache().run();
        }
        return Response.of(200);
    }
}
