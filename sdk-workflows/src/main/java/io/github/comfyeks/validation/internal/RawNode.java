package io.github.comfyeks.validation.internal;

import io.github.comfyeks.workflow.Workflow;
import io.github.comfyeks.workflow.WorkflowNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a graph, however wrong.
 *
 * @param isNode whether it is an object at all
 * @param namesClass whether it has {@code class_type}
 * @param classType what stands there
 * @param inputs null if there are none, or they are no object
 * @param badInputs whether inputs are there that are no object
 * @param title what it is called in the editor, if that is text
 */
record RawNode(
        String id,
        boolean isNode,
        boolean namesClass,
        @Nullable Object classType,
        @Nullable Map<String, @Nullable Object> inputs,
        boolean badInputs,
        String title) {

    static Map<String, RawNode> all(Map<String, ?> graph) {
        Map<String, RawNode> nodes = new LinkedHashMap<>();
        graph.forEach((id, node) -> nodes.put(id, of(id, node)));
        return nodes;
    }

    static Map<String, RawNode> all(Workflow workflow) {
        Map<String, RawNode> nodes = new LinkedHashMap<>();
        for (WorkflowNode node : workflow.nodes().values()) {
            nodes.put(
                    node.id(),
                    new RawNode(node.id(), true, true, node.classType(), node.inputs(), false, node.title()));
        }
        return nodes;
    }

    private static RawNode of(String id, @Nullable Object raw) {
        if (!(raw instanceof Map<?, ?> node)) {
            return new RawNode(id, false, false, null, null, false, "");
        }
        Object inputs = node.get("inputs");
        return new RawNode(
                id,
                true,
                node.containsKey("class_type"),
                node.get("class_type"),
                asMap(inputs),
                node.containsKey("inputs") && !(inputs instanceof Map<?, ?>),
                node.get("_meta") instanceof Map<?, ?> meta && meta.get("title") instanceof String text ? text : "");
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Map<String, @Nullable Object> asMap(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : null;
    }

    String className() {
        return classType instanceof String name ? name : "";
    }

    /** In words: {@code node 6 (CLIPTextEncode "positive")}. */
    String describe() {
        String name = className();
        if (name.isEmpty()) {
            return "node " + id + (title.isEmpty() ? "" : " (\"" + title + "\")");
        }
        return "node " + id + " (" + name + (title.isEmpty() || title.equals(name) ? "" : " \"" + title + "\"") + ")";
    }
}
