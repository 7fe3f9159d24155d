package io.github.comfyeks.validation;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.testing.FakeComfyServer;
import io.github.comfyeks.workflow.Workflow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Node classes to check against, and small graphs as plain data. */
final class Classes {
    static final ObjectInfo CURRENT = of(FakeComfyServer.builder().checkpoints("sd_xl_base_1.0.safetensors"));

    private Classes() {}

    static ObjectInfo of(FakeComfyServer.Builder server) {
        try (FakeComfyServer fake = server.build();
                ComfyClient client = ComfyClient.create(fake.uri())) {
            return client.server().objectInfo();
        }
    }

    /** A node with inputs given as name, value, name, value. */
    static Map<String, @Nullable Object> node(String classType, @Nullable Object... inputs) {
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        for (int i = 0; i < inputs.length; i += 2) {
            named.put(String.valueOf(inputs[i]), inputs[i + 1]);
        }
        Map<String, @Nullable Object> node = new LinkedHashMap<>();
        node.put("class_type", classType);
        node.put("inputs", named);
        return node;
    }

    static Map<String, @Nullable Object> image(@Nullable Object width) {
        return node("EmptyImage", "width", width, "height", 64, "batch_size", 1, "color", 5);
    }

    static Map<String, @Nullable Object> preview(String from) {
        return node("PreviewImage", "images", List.of(from, 0));
    }

    /** Ids from 1 on. */
    @SafeVarargs
    static Map<String, Object> graph(Map<String, @Nullable Object>... nodes) {
        Map<String, Object> graph = new LinkedHashMap<>();
        for (Map<String, @Nullable Object> node : nodes) {
            graph.put(String.valueOf(graph.size() + 1), node);
        }
        return graph;
    }

    @SafeVarargs
    static Workflow workflow(Map<String, @Nullable Object>... nodes) {
        return Workflow.of(graph(nodes));
    }

    static ValidationReport validate(Map<String, Object> graph) {
        return WorkflowValidator.of(CURRENT).validate(graph);
    }

    static List<String> codes(List<Problem> problems) {
        List<String> codes = new ArrayList<>();
        problems.forEach(problem -> codes.add(
                problem.code() + " " + problem.nodeId() + (problem.input().isEmpty() ? "" : "." + problem.input())));
        return codes;
    }
}
