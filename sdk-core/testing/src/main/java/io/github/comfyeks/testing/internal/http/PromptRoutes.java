package io.github.comfyeks.testing.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.comfyeks.testing.internal.json.Json;
import io.github.comfyeks.testing.internal.json.Python;
import io.github.comfyeks.testing.internal.json.Python.ConversionException;
import io.github.comfyeks.testing.internal.run.QueueItem;
import io.github.comfyeks.testing.internal.run.QueueItem.TwinsException;
import io.github.comfyeks.testing.internal.validate.PromptValidator;
import io.github.comfyeks.testing.internal.validate.PromptValidator.MalformedGraphException;
import io.github.comfyeks.testing.internal.validate.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code GET} and {@code POST /prompt}. */
final class PromptRoutes {
    private static final List<String> SECRETS = List.of("auth_token_comfy_org", "api_key_comfy_org");

    private final Pod pod;
    private final PromptValidator validator;

    private PromptRoutes(Pod pod) {
        this.pod = pod;
        this.validator = new PromptValidator(pod.schemas(), pod.types(), pod.folders(), pod.version());
    }

    static void register(Router router, Pod pod) {
        PromptRoutes routes = new PromptRoutes(pod);
        router.add("GET", "/prompt", request -> Response.json(pod.queue().info()));
        router.add("POST", "/prompt", routes::submit);
    }

    private Response submit(Request request) throws IOException {
        JsonNode body = request.json();
        JsonNode number = numberOf(body);
        JsonNode prompt = body.get("prompt");
        if (prompt == null) {
            return refuse(error("no_prompt", "No prompt provided", "No prompt provided"), Json.object());
        }
        String promptId = promptIdOf(body);
        if (promptId == null) {
            return refuse(
                    error(
                            "invalid_prompt_id",
                            "prompt_id must be a valid UUID",
                            "prompt_id must be a UUID string in canonical lowercase hyphenated form; omit it to let the"
                                    + " server generate one"),
                    Json.object());
        }
        if (!(prompt instanceof ObjectNode graph)) {
            return Response.serverError();
        }
        try {
            Verdict verdict = validator.validate(graph, body.get("partial_execution_targets"));
            ObjectNode extraData = extraDataOf(body);
            ObjectNode error = verdict.error();
            return error != null
                    ? refuse(error, verdict.nodeErrors())
                    : queue(number, promptId, graph, extraData, verdict);
        } catch (MalformedGraphException | TwinsException e) {
            return Response.serverError();
        }
    }

    private Response queue(JsonNode number, String promptId, ObjectNode graph, ObjectNode extraData, Verdict verdict)
            throws TwinsException {
        ObjectNode secrets = Json.object();
        for (String name : SECRETS) {
            if (extraData.has(name)) {
                secrets.set(name, extraData.remove(name));
            }
        }
        if (pod.version().hasJobs()) {
            extraData.put("create_time", System.currentTimeMillis());
        }
        QueueItem item = new QueueItem(
                number,
                promptId,
                graph,
                extraData,
                verdict.outputs(),
                secrets,
                !pod.version().hasJobs());
        pod.submissions().queued(item);
        pod.queue().put(item);
        ObjectNode answer = Json.object();
        answer.put("prompt_id", promptId);
        answer.set("number", number);
        answer.set("node_errors", verdict.nodeErrors());
        return Response.json(answer);
    }

    /** A given number is a float; the others count up and are used up even by what is refused (S13). */
    private JsonNode numberOf(JsonNode body) throws IOException {
        JsonNode given = body.get("number");
        if (given != null) {
            try {
                return DoubleNode.valueOf(Python.toFloat(given).doubleValue());
            } catch (ConversionException e) {
                throw new IOException(e);
            }
        }
        long next = pod.numbers().getAndIncrement();
        JsonNode front = body.get("front");
        return LongNode.valueOf(front != null && Python.truthy(front) ? -next : next);
    }

    /** The id to use, or null if the client's is refused (S2). */
    private @Nullable String promptIdOf(JsonNode body) {
        JsonNode given = body.get("prompt_id");
        if (given == null || (given.isNull() && pod.version().isModern())) {
            return UUID.randomUUID().toString();
        }
        if (!pod.version().isModern()) {
            return Python.str(given);
        }
        return given.isTextual() && JobIds.isValid(given.textValue()) ? given.textValue() : null;
    }

    private static ObjectNode extraDataOf(JsonNode body) throws IOException {
        JsonNode given = body.get("extra_data");
        if (given != null && !given.isObject()) {
            throw new IOException("extra_data is no object");
        }
        ObjectNode extraData = given == null ? Json.object() : (ObjectNode) given;
        if (body.has("client_id")) {
            extraData.set("client_id", body.get("client_id"));
        }
        return extraData;
    }

    private static ObjectNode error(String type, String message, String details) {
        ObjectNode error = Json.object();
        error.put("type", type);
        error.put("message", message);
        error.put("details", details);
        error.putObject("extra_info");
        return error;
    }

    private static Response refuse(ObjectNode error, ObjectNode nodeErrors) {
        ObjectNode answer = Json.object();
        answer.set("error", error);
        answer.set("node_errors", nodeErrors);
        return Response.json(400, answer);
    }
}
