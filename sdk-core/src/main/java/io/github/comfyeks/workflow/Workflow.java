package io.github.comfyeks.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.comfyeks.internal.Json;
import java.util.*;

public final class Workflow {
    private final Map<String, WorkflowNode> nodes = new LinkedHashMap<>();
    private final String json;

    private Workflow(String json) {
        this.json = json;
        try {
            JsonNode t = Json.tree(json);
            t.properties()
                    .forEach(e -> nodes.put(
                            e.getKey(),
                            new WorkflowNode(
                                    e.getKey(),
                                    e.getValue().path("class_type").asText(),
                                    Json.map(e.getValue().get("inputs")),
                                    "")));
        } catch (java.io.IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public static Workflow parse(String json) {
        return new Workflow(json);
    }

    public Collection<WorkflowNode> nodes() {
        return nodes.values();
    }

    public Optional<WorkflowNode> node(String id) {
        return Optional.ofNullable(nodes.get(id));
    }

    public Optional<Map<String, Object>> uiWorkflow() {
        return Optional.empty();
    }

    public String toJson() {
        return json;
    }
}
