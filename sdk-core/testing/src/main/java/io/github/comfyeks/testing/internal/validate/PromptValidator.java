package io.github.comfyeks.testing.internal.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.comfyeks.testing.internal.files.Folders;
import io.github.comfyeks.testing.internal.json.Json;
import io.github.comfyeks.testing.internal.nodes.NodeTypes;
import io.github.comfyeks.testing.internal.schema.NodeSchema;
import io.github.comfyeks.testing.internal.schema.Schemas;
import io.github.comfyeks.testing.internal.version.Version;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides what of a submitted graph can run (S3, S4, S5, S8, S9, S11, S12, S15, S16). Safe for use by several threads. */
public final class PromptValidator {
    private final Schemas schemas;
    private final NodeTypes types;
    private final Folders folders;
    private final Version version;

    public PromptValidator(Schemas schemas, NodeTypes types, Folders folders, Version version) {
        this.schemas = schemas;
        this.types = types;
        this.folders = folders;
        this.version = version;
    }

    /**
     * Checks the graph and bends its values in place.
     *
     * @param targets {@code partial_execution_targets}, or null for all outputs
     * @throws MalformedGraphException where a server has no answer but 500
     */
    public Verdict validate(ObjectNode graph, @Nullable JsonNode targets) throws MalformedGraphException {
        if (version.isModern()) {
            for (JsonNode node : graph) {
                checkReadable(node);
            }
        }
        List<String> outputs = new ArrayList<>();
        for (Iterator<Map.Entry<String, JsonNode>> it = graph.properties().iterator(); it.hasNext(); ) {
            Map.Entry<String, JsonNode> node = it.next();
            ObjectNode error = checkClass(node.getKey(), node.getValue());
            if (error != null) {
                return refused(error, Json.object());
            }
            NodeSchema schema = schemas.find(node.getValue().path("class_type").asText());
            if (schema != null && schema.isOutputNode() && isTarget(targets, node.getKey())) {
                outputs.add(node.getKey());
            }
        }
        if (outputs.isEmpty()) {
            return refused(Errors.error("prompt_no_outputs", "Prompt has no outputs", ""), Json.object());
        }
        return checkOutputs(graph, outputs);
    }

    private static Verdict refused(ObjectNode error, ObjectNode nodeErrors) {
        return new Verdict(error, List.of(), nodeErrors);
    }

    private static boolean isTarget(@Nullable JsonNode targets, String id) {
        if (targets == null || targets.isNull()) {
            return true;
        }
        if (targets.isTextual()) {
            return targets.textValue().contains(id);
        }
        for (JsonNode target : targets) {
            if (target.isTextual() && target.textValue().equals(id)) {
                return true;
            }
        }
        return targets.has(id);
    }

    /** A newer server looks for classes that have a successor first, and fails on what it cannot read. */
    private static void checkReadable(JsonNode node) throws MalformedGraphException {
        JsonNode classType = node.get("class_type");
        JsonNode inputs = node.get("inputs");
        if (classType != null && (classType.isContainerNode() || (inputs != null && !inputs.isObject()))) {
            throw new MalformedGraphException();
        }
    }

    private @Nullable ObjectNode checkClass(String id, JsonNode node) throws MalformedGraphException {
        if (!node.isObject() && version.isModern()) {
            throw new MalformedGraphException();
        }
        JsonNode classType = node.isObject() ? node.get("class_type") : null;
        if (version.isModern() && node.has("_meta") && !node.get("_meta").isObject() && isUnknown(classType)) {
            throw new MalformedGraphException();
        }
        String title = Json.textOrNull(node.path("_meta").path("title"));
        if (classType == null) {
            return missingClass(id, null, title, title == null ? "ID #" + id : title);
        }
        if (!isUnknown(classType)) {
            return null;
        }
        String name = classType.asText();
        return missingClass(id, name, title == null ? name : title, title == null ? name : title);
    }

    private boolean isUnknown(@Nullable JsonNode classType) {
        return classType == null || !classType.isTextual() || schemas.find(classType.textValue()) == null;
    }

    private ObjectNode missingClass(String id, @Nullable String classType, @Nullable String title, String shown) {
        String details = "Node ID '#" + id + "'";
        if (!version.isModern()) {
            String message = classType == null
                    ? "Cannot execute because a node is missing the class_type property."
                    : "Cannot execute because node " + classType + " does not exist.";
            return Errors.error("invalid_prompt", message, details);
        }
        String message = classType == null
                ? "Node '" + shown + "' has no class_type. The workflow may be corrupted or a custom node is missing."
                : "Node '" + shown + "' not found. The custom node may not be installed.";
        ObjectNode info = Json.object();
        info.put("node_id", id);
        info.put("class_type", classType);
        info.put("node_title", title);
        return Errors.error("missing_node_type", message, details, info);
    }

    private Verdict checkOutputs(ObjectNode graph, List<String> outputs) {
        NodeCheck check = new NodeCheck(graph, schemas, types, folders, version);
        List<String> good = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        Map<String, ObjectNode> nodeErrors = new LinkedHashMap<>();
        for (String output : outputs) {
            NodeCheck.Result result = checkOutput(check, output);
            if (result.valid()) {
                good.add(output);
                continue;
            }
            result.errors()
                    .forEach(error -> reasons.add(error.path("message").asText() + ": "
                            + error.path("details").asText()));
            check.results().forEach((id, known) -> {
                if (!known.valid() && !known.errors().isEmpty()) {
                    blame(nodeErrors, graph, id, known)
                            .withArray("dependent_outputs")
                            .add(output);
                }
            });
        }
        ObjectNode errors = Json.object();
        nodeErrors.forEach(errors::set);
        if (good.isEmpty()) {
            return refused(
                    Errors.error(
                            "prompt_outputs_failed_validation",
                            "Prompt outputs failed validation",
                            String.join("\n", reasons)),
                    errors);
        }
        return new Verdict(null, good, errors);
    }

    private NodeCheck.Result checkOutput(NodeCheck check, String output) {
        try {
            return check.check(output, List.of());
        } catch (ValidationCrash crash) {
            NodeCheck.Result result = new NodeCheck.Result(false, List.of(Errors.crash(crash)));
            check.results().put(output, result);
            return result;
        }
    }

    private static ObjectNode blame(
            Map<String, ObjectNode> nodeErrors, ObjectNode graph, String id, NodeCheck.Result result) {
        return nodeErrors.computeIfAbsent(id, key -> {
            ObjectNode entry = Json.object();
            var list = entry.putArray("errors");
            result.errors().forEach(list::add);
            entry.putArray("dependent_outputs");
            entry.set("class_type", graph.path(key).path("class_type"));
            return entry;
        });
    }

    /** A graph that makes the server's code fail: 500 in plain text (S10). */
    public static final class MalformedGraphException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
