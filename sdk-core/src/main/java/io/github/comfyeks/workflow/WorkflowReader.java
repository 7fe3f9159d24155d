package io.github.comfyeks.workflow;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.comfyeks.error.WorkflowInvalidException;
import io.github.comfyeks.internal.Json;
import io.github.comfyeks.internal.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns files, text and data into a workflow, or says everything that is wrong with them. */
final class WorkflowReader {
    private static final int MAX_MIB = 64;

    /** Numbers first, as numbers; then the others as text. */
    private static final Comparator<String> BY_ID = Comparator.<String, Boolean>comparing(id -> !isNumber(id))
            .thenComparing(id -> isNumber(id) ? id.length() : 0)
            .thenComparing(Comparator.naturalOrder());

    private WorkflowReader() {}

    static Workflow read(Path file) {
        String source = file.toString();
        if (Files.isDirectory(file)) {
            throw invalid(source, "this is a folder; give the workflow's file", null);
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes((MAX_MIB << 20) + 1);
        } catch (NoSuchFileException e) {
            throw invalid(source, "there is no such file (looked in " + file.toAbsolutePath() + ")", e);
        } catch (IOException e) {
            throw invalid(source, "the file cannot be read: " + e, e);
        }
        if (bytes.length > MAX_MIB << 20) {
            throw tooLarge(source);
        }
        if (bytes.length > 8 && bytes[0] == (byte) 0x89 && bytes[1] == 'P' && bytes[2] == 'N' && bytes[3] == 'G') {
            throw invalid(source, "this is a PNG image; give the JSON file of the workflow", null);
        }
        return parse(source, () -> Json.strict(bytes));
    }

    static Workflow parse(String json) {
        if (json.length() > MAX_MIB << 20) {
            throw tooLarge("workflow");
        }
        return parse("workflow", () -> Json.strict(json.startsWith("\uFEFF") ? json.substring(1) : json));
    }

    private interface Parsing {
        @Nullable
        Object data() throws IOException;
    }

    private static Workflow parse(String source, Parsing parsing) {
        Object data;
        try {
            data = parsing.data();
        } catch (JsonProcessingException e) {
            throw invalid(source, notJson(e), e);
        } catch (IOException e) {
            throw invalid(source, "not JSON: " + e.getMessage(), e);
        }
        return of(source, data);
    }

    private static String notJson(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        String why = e.getOriginalMessage().lines().findFirst().orElse("");
        return why.startsWith("Duplicate field")
                ? "the key " + why.substring("Duplicate field ".length()) + " stands twice in one object" + where
                : "not JSON" + where + ": " + why;
    }

    static Workflow of(String source, @Nullable Object data) {
        if (!(data instanceof Map<?, ?> graph)) {
            throw invalid(source, "a workflow is a JSON object of nodes, this is " + kind(data), null);
        }
        if (graph.get("prompt") instanceof Map<?, ?> inner
                && !graph.containsKey("class_type")
                && !inner.containsKey("class_type")) {
            return wrapped(source, graph, inner);
        }
        if (graph.get("nodes") instanceof List<?>
                && (graph.containsKey("links") || graph.containsKey("last_node_id"))) {
            throw invalid(
                    source,
                    "this is the editor's own format, which the server cannot run; open it in ComfyUI and export it with"
                            + " \"Export (API)\"",
                    null);
        }
        List<String> problems = new ArrayList<>();
        List<WorkflowNode> nodes = new ArrayList<>();
        Map<String, String> classless = new HashMap<>();
        graph.forEach((id, node) -> {
            WorkflowNode read = node(String.valueOf(id), node, problems);
            if (read == null) {
                classless.put(String.valueOf(id), "");
            } else {
                nodes.add(read);
            }
        });
        return assemble(source, nodes, classless.keySet(), null, problems);
    }

    /** The body of a POST /prompt. */
    private static Workflow wrapped(String source, Map<?, ?> body, Map<?, ?> graph) {
        Workflow workflow = of(source, graph);
        if (body.get("extra_data") instanceof Map<?, ?> extra && extra.get("extra_pnginfo") instanceof Map<?, ?> info) {
            Map<String, @Nullable Object> uiWorkflow = PlainData.asMap(info.get("workflow"));
            return uiWorkflow == null ? workflow : workflow.withUiWorkflow(uiWorkflow);
        }
        return workflow;
    }

    private static @Nullable WorkflowNode node(String id, @Nullable Object data, List<String> problems) {
        if (!(data instanceof Map<?, ?> node)) {
            problems.add("node " + id + " is no object but " + kind(data));
            return null;
        }
        int before = problems.size();
        Object classType = node.get("class_type");
        String named = "node " + id + (classType instanceof String name ? " (" + name + ")" : "");
        if (!(classType instanceof String text) || text.isEmpty()) {
            problems.add(named + " has no class_type");
        }
        Object inputs = node.containsKey("inputs") ? node.get("inputs") : Map.of();
        if (!(inputs instanceof Map<?, ?>)) {
            problems.add(named + " has inputs that are no object but " + kind(inputs));
        }
        if (id.isEmpty()) {
            problems.add(named + " has an empty id");
        }
        Map<String, @Nullable Object> copy = null;
        try {
            copy = PlainData.asMap(PlainData.copy(inputs));
        } catch (IllegalArgumentException e) {
            problems.add(named + " has an input with " + e.getMessage());
        }
        if (problems.size() > before || copy == null || !(classType instanceof String name)) {
            return null;
        }
        String title =
                node.get("_meta") instanceof Map<?, ?> meta && meta.get("title") instanceof String text ? text : "";
        return WorkflowNode.trusted(id, name, copy, title);
    }

    static Workflow ofNodes(
            String source, Collection<WorkflowNode> nodes, @Nullable Map<String, @Nullable Object> uiWorkflow) {
        return assemble(source, nodes, Set.of(), uiWorkflow, new ArrayList<>());
    }

    private static Workflow assemble(
            String source,
            Collection<WorkflowNode> nodes,
            Set<String> brokenIds,
            @Nullable Map<String, @Nullable Object> uiWorkflow,
            List<String> problems) {
        Map<String, WorkflowNode> byId = new LinkedHashMap<>();
        nodes.stream().sorted(Comparator.comparing(WorkflowNode::id, BY_ID)).forEach(node -> {
            if (byId.put(node.id(), node) != null) {
                problems.add("two nodes have the id \"" + node.id() + "\"");
            }
        });
        if (byId.isEmpty() && brokenIds.isEmpty()) {
            problems.add("the workflow has no nodes");
        }
        List<String> ids = new ArrayList<>(byId.keySet());
        ids.addAll(brokenIds);
        Set<String> known = Set.copyOf(ids);
        for (WorkflowNode node : byId.values()) {
            node.inputs().forEach((input, value) -> {
                if (value instanceof List<?> list) {
                    checkLink(node, input, list, known, problems);
                }
            });
        }
        if (!problems.isEmpty()) {
            throw new WorkflowInvalidException(source, problems, null);
        }
        return new Workflow(byId, uiWorkflow);
    }

    /** Lists that are no links, and never were meant as one, pass. */
    static void checkLink(WorkflowNode node, String input, List<?> list, Set<String> ids, List<String> problems) {
        if (list.size() != 2 || !(list.get(1) instanceof Long slot)) {
            return;
        }
        if (list.get(0) instanceof String target && ids.contains(target) && slot >= 0 && slot <= Integer.MAX_VALUE) {
            return; // by far the most; words are made for the others only
        }
        String where = node.describe() + " " + input + ": ";
        if (list.get(0) instanceof Long number && ids.contains(number.toString())) {
            problems.add(where + "the node id of a link is text: write [\"" + number + "\", " + slot + "]");
        }
        if (!(list.get(0) instanceof String target)) {
            return;
        }
        if (!ids.contains(target)) {
            problems.add(where + "links to node \"" + target + "\", which is not in the workflow"
                    + Nearest.hint(target, ids));
        }
        if (slot < 0 || slot > Integer.MAX_VALUE) {
            problems.add(where + "links to output " + slot + " of node \"" + target + "\"; outputs count from 0");
        }
    }

    private static String kind(@Nullable Object data) {
        if (data == null) {
            return "null";
        }
        return data instanceof List<?>
                ? "a list"
                : data instanceof Map<?, ?> ? "an object" : "the value " + quote(data);
    }

    private static String quote(Object data) {
        String text = data.toString();
        return "\"" + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + "\"";
    }

    private static boolean isNumber(String id) {
        for (int i = 0; i < id.length(); i++) {
            if (id.charAt(i) < '0' || id.charAt(i) > '9') {
                return false;
            }
        }
        return !id.isEmpty();
    }

    private static WorkflowInvalidException tooLarge(String source) {
        return invalid(source, "larger than " + MAX_MIB + " MiB, which no workflow is", null);
    }

    private static WorkflowInvalidException invalid(String source, String problem, @Nullable Throwable cause) {
        return new WorkflowInvalidException(source, List.of(problem), cause);
    }
}
