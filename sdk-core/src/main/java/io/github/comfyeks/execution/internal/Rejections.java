package io.github.comfyeks.execution.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.error.NodeError;
import io.github.comfyeks.error.WorkflowRejectedException;
import io.github.comfyeks.internal.Json;
import io.github.comfyeks.internal.Nearest;
import io.github.comfyeks.workflow.Workflow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what the server objects to: {@code error} and {@code node_errors} of {@code POST /prompt} (S3, S8, S9). */
public final class Rejections {
    private static final int SUGGESTIONS = 3;

    /** The choices that the server has for an input of a class; asked only where the answer does not name them. */
    public interface Choices {
        List<String> of(String classType, String input);

        /** The classes that the server has. */
        List<String> classes();
    }

    private final Workflow workflow;
    private final Choices choices;

    Rejections(Workflow workflow, Choices choices) {
        this.workflow = workflow;
        this.choices = choices;
    }

    WorkflowRejectedException rejection(JsonNode body) {
        JsonNode error = body.path("error");
        if (!error.isObject()) {
            return new WorkflowRejectedException("unknown", error.asText("no reason given"), nodeErrors(body));
        }
        List<NodeError> errors = new ArrayList<>(nodeErrors(body));
        String type = error.path("type").asText("unknown");
        String details = error.path("details").asText("");
        if (errors.isEmpty() && !type.equals("prompt_no_outputs") && !type.equals("no_prompt")) {
            errors.addAll(graphErrors(type, error, details));
        }
        String summary = error.path("message").asText("") + (details.isEmpty() ? "" : ": " + details);
        return new WorkflowRejectedException(type, summary, errors);
    }

    /** Ordered by node, then by input: the server sends them in random order. */
    List<NodeError> nodeErrors(JsonNode body) {
        List<NodeError> errors = new ArrayList<>();
        body.path("node_errors").properties().forEach(node -> {
            JsonNode told = node.getValue();
            for (JsonNode error : told.path("errors")) {
                errors.add(nodeError(
                        node.getKey(),
                        told.path("class_type").asText(""),
                        error,
                        Json.strings(told.get("dependent_outputs"))));
            }
        });
        errors.sort(Comparator.comparing(NodeError::nodeId, Rejections::byNumber)
                .thenComparing(error -> error.inputName().orElse("")));
        return errors;
    }

    private NodeError nodeError(String nodeId, String classType, JsonNode error, List<String> dependents) {
        JsonNode info = error.path("extra_info");
        String type = error.path("type").asText("");
        Optional<String> input = info.hasNonNull("input_name")
                ? Optional.of(info.get("input_name").asText())
                : Optional.empty();
        Object received = Json.plain(info.get("received_value"));
        List<Object> config = Json.list(info.get("input_config"));
        List<String> nearest = type.equals("value_not_in_list") && received != null && input.isPresent()
                ? nearest(received.toString(), choices(classType, input.get(), config))
                : List.of();
        return new NodeError(
                nodeId,
                classType,
                type,
                error.path("message").asText(""),
                error.path("details").asText(""),
                input,
                received,
                config,
                nearest,
                dependents);
    }

    private List<String> choices(String classType, String input, List<Object> config) {
        Object first = config.isEmpty() ? null : config.get(0);
        Object listed = first instanceof List<?> ? first : null;
        if (listed == null && config.size() > 1 && config.get(1) instanceof Map<?, ?> options) {
            listed = options.get("options");
        }
        return listed instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : ask(known -> known.of(classType, input));
    }

    /** An unknown class is told about the graph as a whole, by version in other words (S8). */
    private List<NodeError> graphErrors(String type, JsonNode error, String details) {
        JsonNode info = error.path("extra_info");
        String nodeId = info.path("node_id").asText("");
        if (nodeId.isEmpty() && details.startsWith("Node ID '#") && details.endsWith("'")) {
            nodeId = details.substring("Node ID '#".length(), details.length() - 1);
        }
        if (nodeId.isEmpty()) {
            return List.of();
        }
        String classType = workflow.find(nodeId).map(node -> node.classType()).orElse("");
        List<String> nearest = classType.isEmpty() ? List.of() : nearest(classType, ask(Choices::classes));
        return List.of(new NodeError(
                nodeId,
                classType,
                type.equals("invalid_prompt") ? "missing_node_type" : type,
                error.path("message").asText(""),
                details,
                Optional.empty(),
                null,
                List.of(),
                nearest,
                List.of()));
    }

    private List<String> ask(Function<Choices, List<String>> question) {
        try {
            return question.apply(choices);
        } catch (ComfyException e) {
            return List.of(); // a better message is not worth another failure
        }
    }

    private static List<String> nearest(String wanted, List<String> choices) {
        List<String> alike = Nearest.to(wanted, choices, SUGGESTIONS);
        return alike.isEmpty() ? choices.stream().distinct().limit(SUGGESTIONS).toList() : alike;
    }

    private static int byNumber(String a, String b) {
        @Nullable Long first = number(a);
        @Nullable Long second = number(b);
        return first == null || second == null ? a.compareTo(b) : Long.compare(first, second);
    }

    private static @Nullable Long number(String id) {
        try {
            return Long.valueOf(id);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
