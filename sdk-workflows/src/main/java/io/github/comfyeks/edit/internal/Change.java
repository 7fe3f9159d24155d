package io.github.comfyeks.edit.internal;

import io.github.comfyeks.convert.internal.Marks.Place;
import io.github.comfyeks.edit.LocalFile;
import io.github.comfyeks.error.WorkflowInvalidException;
import io.github.comfyeks.graph.Choice;
import io.github.comfyeks.graph.ImportedNode;
import io.github.comfyeks.graph.Node;
import io.github.comfyeks.graph.Output;
import io.github.comfyeks.graph.internal.Collector;
import io.github.comfyeks.workflow.Link;
import io.github.comfyeks.workflow.Workflow;
import io.github.comfyeks.workflow.WorkflowNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One change on its way from a draft to the next, with all its problems. For one thread, used once. */
public final class Change {
    private final Draft draft;
    private final Map<Node, String> ids;
    private final Map<Object, Map<String, String>> foreign;
    private final List<String> problems = new ArrayList<>();
    private final Set<Place> changed = new LinkedHashSet<>();
    private final Set<String> added = new LinkedHashSet<>();
    private long lastId = -1;

    final Map<String, WorkflowNode> nodes;
    final Map<Place, LocalFile> files;
    final Map<String, String> paths;
    final List<ParameterMark> marks;
    final Map<String, String> bindings;

    public Change(Draft draft) {
        this.draft = draft;
        this.nodes = new LinkedHashMap<>(draft.workflow().nodes());
        this.ids = new LinkedHashMap<>(draft.ids());
        this.foreign = new HashMap<>(draft.foreign());
        this.files = new LinkedHashMap<>(draft.files());
        this.paths = new LinkedHashMap<>(draft.paths());
        this.marks = new ArrayList<>(draft.marks());
        this.bindings = new LinkedHashMap<>(draft.bindings());
    }

    Draft draft() {
        return draft;
    }

    /** Keeps the problems of what is tried, for later. */
    public void trying(Runnable step) {
        try {
            step.run();
        } catch (WorkflowInvalidException e) {
            problems.addAll(e.problems());
        }
    }

    /** Ends it at once. */
    static WorkflowInvalidException refused(String problem) {
        return new WorkflowInvalidException("workflow", List.of(problem), null);
    }

    // ---- values ----

    /** Sets an input that the node has or may have. */
    public void set(Place place, @Nullable Object value) {
        files.remove(place);
        put(place, value(place, value));
        changed.add(place);
    }

    private @Nullable Object value(Place place, @Nullable Object value) {
        if (value instanceof Output<?> output) {
            return link(output);
        }
        if (value instanceof Choice choice) {
            return choice.value();
        }
        if (value instanceof Path path) {
            return file(place, LocalFile.of(path));
        }
        if (value instanceof LocalFile file) {
            return file(place, file);
        }
        return value instanceof List<?> list && !isLink(list) ? Map.of("__value__", list) : value;
    }

    private static boolean isLink(List<?> list) {
        return list.size() == 2 && list.get(0) instanceof String && list.get(1) instanceof Number;
    }

    private String file(Place place, LocalFile file) {
        if (!file.isReadable()) {
            problems.add(place.nodeId() + "." + place.input() + ": there is no readable file " + file);
        }
        files.put(place, file);
        return file.name();
    }

    /** Without further ado. */
    void put(Place place, @Nullable Object value) {
        WorkflowNode node = node(place.nodeId());
        Map<String, @Nullable Object> inputs = new LinkedHashMap<>(node.inputs());
        inputs.put(place.input(), value);
        nodes.put(node.id(), WorkflowNode.of(node.id(), node.classType(), inputs, node.title()));
    }

    /** Gives an input another link. */
    void relink(Place place, Link link) {
        put(place, link);
        changed.add(place);
    }

    /** Takes an input away from a node. */
    void drop(Place place) {
        WorkflowNode node = node(place.nodeId());
        Map<String, @Nullable Object> inputs = new LinkedHashMap<>(node.inputs());
        inputs.remove(place.input());
        nodes.put(node.id(), WorkflowNode.of(node.id(), node.classType(), inputs, node.title()));
    }

    WorkflowNode node(String id) {
        WorkflowNode node = nodes.get(id);
        if (node == null) {
            throw refused("node " + id + " is not in the workflow any more");
        }
        return node;
    }

    // ---- nodes ----

    /** The link to an output, whose node is put in if it is a new one. */
    Link link(Output<?> output) {
        return new Link(adopt(output.node()), output.slot());
    }

    /** Puts a node in with all that it needs, unless it is there; answers its id. */
    String adopt(Node root) {
        for (Node node : Collector.collect(List.of(root), each -> idOf(each) == null)) {
            add(node, freeId(node));
        }
        String id = idOf(root);
        return node(id == null ? "" : id).id();
    }

    /** Puts a node in under this id, with all that it needs. */
    void adopt(Node node, String id) {
        for (Node need : Collector.collect(List.of(node), each -> idOf(each) == null)) {
            add(need, need.equals(node) ? id : freeId(need));
        }
    }

    /** The id of a node that is, or was, in the workflow; null if it never was. */
    @Nullable
    String idOf(Node node) {
        if (node instanceof ImportedNode imported) {
            String id = imported.id().orElseThrow();
            return imported.origin().equals(draft.origin())
                    ? id
                    : foreign.getOrDefault(imported.origin(), Map.of()).get(id);
        }
        return ids.get(node);
    }

    private void add(Node node, String id) {
        Map<String, @Nullable Object> inputs = new LinkedHashMap<>();
        node.inputs().forEach((name, value) -> inputs.put(name, value(new Place(id, name), value)));
        nodes.put(id, WorkflowNode.of(id, node.classType(), inputs, node.title().orElse("")));
        added.add(id);
        if (node instanceof ImportedNode imported) {
            became(imported.origin(), imported.id().orElseThrow(), id);
        } else {
            ids.put(node, id);
        }
    }

    /** Remembers which node a node of another workflow became. */
    void became(Object origin, String before, String after) {
        Map<String, String> known = new HashMap<>(foreign.getOrDefault(origin, Map.of()));
        known.put(before, after);
        foreign.put(origin, known);
    }

    /** Remembers a node written in Java. */
    void became(Node node, String id) {
        ids.putIfAbsent(node, id);
    }

    private String freeId(Node node) {
        String own = node.id().orElse("");
        if (!own.isEmpty() && !nodes.containsKey(own)) {
            return own;
        }
        if (!own.isEmpty() && !(node instanceof ImportedNode)) {
            throw refused("the id \"" + own + "\" of " + node + " is taken by "
                    + new Addresses(draft).describe(node(own)) + "; give it another");
        }
        return freeId();
    }

    /** A number above all others. */
    String freeId() {
        if (lastId < 0) {
            reserve(List.of());
        }
        do {
            lastId++;
        } while (nodes.containsKey(String.valueOf(lastId)));
        return String.valueOf(lastId);
    }

    /** Keeps new ids above these as well. */
    void reserve(Collection<String> others) {
        lastId = Math.max(highest(nodes.keySet()), highest(others));
    }

    private static long highest(Collection<String> ids) {
        long highest = 0;
        for (String id : ids) {
            String outer = id.split(":", 2)[0];
            if (outer.matches("\\d{1,15}")) {
                highest = Math.max(highest, Long.parseLong(outer));
            }
        }
        return highest;
    }

    /** Takes a node out, with what is said of it; links to it must be gone. */
    void takeOut(String id) {
        nodes.remove(id);
        files.keySet().removeIf(place -> place.nodeId().equals(id));
        paths.remove(id);
    }

    // ---- the outcome ----

    /**
     * The next draft.
     *
     * @throws WorkflowInvalidException with all problems
     */
    public Draft done() {
        Workflow workflow = draft.workflow();
        try {
            Map<Node, String> present = new HashMap<>(ids);
            present.values().removeIf(id -> !nodes.containsKey(id));
            workflow = Workflow.of(nodes.values(), present);
            if (draft.classes() != null) {
                problems.addAll(Checks.problems(workflow, draft.classes(), changed, added, files.keySet()));
            }
        } catch (WorkflowInvalidException e) {
            problems.addAll(e.problems());
        }
        if (!problems.isEmpty()) {
            throw new WorkflowInvalidException("workflow", problems, null);
        }
        return new Draft(workflow, draft.classes(), draft.origin(), files, ids, foreign, paths, marks, bindings);
    }
}
