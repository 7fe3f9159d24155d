package io.github.comfyeks.workflow;

import io.github.comfyeks.error.WorkflowInvalidException;
import io.github.comfyeks.internal.Nearest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A graph of nodes that ComfyUI can run, in its API format: node id → class, inputs and title. Immutable; every
 * {@code with…} answers a changed copy that shares what did not change. Safe for any number of threads; two workflows with
 * the same nodes are equal and have the same {@link #toJson() JSON}.
 *
 * <p>What can be seen without a server is checked whenever a workflow is made: a class for every node, inputs that are an
 * object, links that lead to nodes, at least one node. All problems come at once in a {@link WorkflowInvalidException}.
 * Whether a server has the classes and takes the values is not known here.
 *
 * <p>Values are JSON data: null, Boolean, Number, CharSequence, Iterable, Map or {@link Link}. In inputs ComfyUI takes
 * every list for a link (S5). So a list of a text and a whole number is a link here too, and any other list given to
 * {@code withInput…} is wrapped as {@code {"__value__": […]}}, which is how the server wants a list that is a value.
 * Integers keep any size.
 */
public final class Workflow implements WorkflowSource {
    private static final Set<String> SEED_INPUTS = Set.of("seed", "noise_seed");

    private final Map<String, WorkflowNode> nodes;
    private final @Nullable Map<String, @Nullable Object> uiWorkflow;
    private final Map<NodeHandle, String> handles;
    private @Nullable String json; // a String is safely published by itself; written twice at worst

    Workflow(Map<String, WorkflowNode> nodes, @Nullable Map<String, @Nullable Object> uiWorkflow) {
        this(nodes, uiWorkflow, Map.of());
    }

    private Workflow(
            Map<String, WorkflowNode> nodes,
            @Nullable Map<String, @Nullable Object> uiWorkflow,
            Map<NodeHandle, String> handles) {
        this.nodes = Collections.unmodifiableMap(nodes);
        this.uiWorkflow = uiWorkflow;
        this.handles = handles;
    }

    /**
     * Reads a file that ComfyUI wrote with "Export (API)": a JSON object of nodes, or the body of a {@code POST /prompt}
     * whose {@code prompt} is one. Up to 64 MiB.
     *
     * @throws WorkflowInvalidException if the file cannot be read, is no such workflow, or the workflow is wrong in itself
     */
    public static Workflow read(Path file) {
        return WorkflowReader.read(file);
    }

    /**
     * Reads the text of such a file.
     *
     * @throws WorkflowInvalidException if it is no such workflow, or the workflow is wrong in itself
     */
    public static Workflow parse(String json) {
        return WorkflowReader.parse(json);
    }

    /**
     * Takes the same as plain data: node id → {@code {class_type, inputs, _meta}}.
     *
     * @throws WorkflowInvalidException if the workflow is wrong in itself
     */
    public static Workflow of(Map<String, ?> graph) {
        return WorkflowReader.of("workflow", graph);
    }

    /**
     * Makes a workflow of nodes.
     *
     * @throws WorkflowInvalidException if there are none, two have one id, or a link leads nowhere
     */
    public static Workflow of(Collection<WorkflowNode> nodes) {
        return WorkflowReader.ofNodes("workflow", nodes, null);
    }

    /**
     * The same of a typed graph, whose nodes are asked for by {@link #idOf}.
     *
     * @param handles the ids by handle
     */
    public static Workflow of(Collection<WorkflowNode> nodes, Map<? extends NodeHandle, String> handles) {
        Workflow plain = of(nodes);
        return new Workflow(plain.nodes, null, Map.copyOf(handles));
    }

    @Override
    public Workflow workflow() {
        return this;
    }

    /**
     * The id of a typed graph's node.
     *
     * @throws IllegalArgumentException if this workflow was not made of a graph with that node
     */
    public String idOf(NodeHandle node) {
        String id = handles.get(node);
        if (id == null) {
            throw new IllegalArgumentException("the workflow was not made of a graph with " + node);
        }
        return id;
    }

    /** The nodes by id; ids that are numbers come first, in their order. Unmodifiable. */
    public Map<String, WorkflowNode> nodes() {
        return nodes;
    }

    /**
     * The node with this id.
     *
     * @throws WorkflowInvalidException if there is none; names the ids most like it
     */
    public WorkflowNode node(String id) {
        WorkflowNode node = nodes.get(id);
        if (node == null) {
            throw invalid("there is no node \"" + id + "\"" + Nearest.hint(id, nodes.keySet()), null);
        }
        return node;
    }

    /** The node with this id, if there is one. */
    public Optional<WorkflowNode> find(String id) {
        return Optional.ofNullable(nodes.get(id));
    }

    /** Every node with exactly this title, in order of ids. */
    public List<WorkflowNode> findByTitle(String title) {
        return nodes.values().stream()
                .filter(node -> node.title().equals(title))
                .toList();
    }

    /** Every node of exactly this class, in order of ids. */
    public List<WorkflowNode> findByClass(String classType) {
        return nodes.values().stream()
                .filter(node -> node.classType().equals(classType))
                .toList();
    }

    /** The literal seeds: numbers at inputs named {@code seed} or {@code noise_seed}, in order of ids. */
    public List<Seed> seeds() {
        List<Seed> seeds = new ArrayList<>();
        for (WorkflowNode node : nodes.values()) {
            node.inputs().forEach((name, value) -> {
                if (SEED_INPUTS.contains(name) && value instanceof Number number) {
                    seeds.add(new Seed(node.id(), name, number));
                }
            });
        }
        return List.copyOf(seeds);
    }

    /**
     * A copy in which this input of this node has this value. The node must have the input already, since the server
     * ignores unknown inputs in silence (S11); {@link #withAddedInput} adds one.
     *
     * @throws WorkflowInvalidException if there is no such node or input, or a link leads nowhere; names what is most like it
     * @throws IllegalArgumentException if the value is no data that JSON can hold
     */
    public Workflow withInput(String nodeId, String input, @Nullable Object value) {
        WorkflowNode node = node(nodeId);
        if (!node.inputs().containsKey(input)) {
            throw invalid(
                    node.describe() + " has no input \"" + input + "\""
                            + Nearest.hint(input, node.inputs().keySet()) + "; withAddedInput adds one",
                    null);
        }
        return withAddedInput(nodeId, input, value);
    }

    /**
     * A copy in which this node has this input with this value, whether it had it before or not: for optional inputs, which
     * an exported file leaves out.
     *
     * @throws WorkflowInvalidException if there is no such node, or a link leads nowhere
     * @throws IllegalArgumentException if the value is no data that JSON can hold
     */
    public Workflow withAddedInput(String nodeId, String input, @Nullable Object value) {
        WorkflowNode node = node(nodeId);
        Object data = inputValue(node, input, value);
        return node.inputs().containsKey(input) && Objects.equals(node.inputs().get(input), data)
                ? this
                : replacing(node.with(input, data));
    }

    /**
     * A copy in which this node lacks this input.
     *
     * @throws WorkflowInvalidException if there is no such node
     */
    public Workflow withoutInput(String nodeId, String input) {
        WorkflowNode node = node(nodeId);
        return node.inputs().containsKey(input) ? replacing(node.without(input)) : this;
    }

    /**
     * A copy with this node, instead of the one with its id if there is one.
     *
     * @throws WorkflowInvalidException if a link leads nowhere
     */
    public Workflow withNode(WorkflowNode node) {
        Map<String, WorkflowNode> copy = new LinkedHashMap<>(nodes);
        copy.put(node.id(), node);
        return new Workflow(WorkflowReader.ofNodes("workflow", copy.values(), null).nodes, uiWorkflow, handles);
    }

    private @Nullable Object inputValue(WorkflowNode node, String input, @Nullable Object value) {
        Object data = PlainData.copy(value);
        if (!(data instanceof List<?> list)) {
            return data;
        }
        List<String> problems = new ArrayList<>();
        WorkflowReader.checkLink(node, input, list, nodes.keySet(), problems);
        if (!problems.isEmpty()) {
            throw new WorkflowInvalidException("workflow", problems, null);
        }
        return PlainData.asLink(list) == null ? Collections.singletonMap("__value__", list) : list;
    }

    private Workflow replacing(WorkflowNode node) {
        Map<String, WorkflowNode> copy = new LinkedHashMap<>(nodes);
        copy.put(node.id(), node);
        return new Workflow(copy, uiWorkflow, handles);
    }

    private static WorkflowInvalidException invalid(String problem, @Nullable Throwable cause) {
        return new WorkflowInvalidException("workflow", List.of(problem), cause);
    }

    /**
     * The editor's own format of this workflow, if it is known. It is sent along as {@code extra_pnginfo.workflow} and lands
     * in the images, so that an artist can open them (S6); it does not change what runs.
     */
    public Optional<Map<String, @Nullable Object>> uiWorkflow() {
        return Optional.ofNullable(uiWorkflow);
    }

    /** A copy that brings along this editor's format of it. */
    public Workflow withUiWorkflow(Map<String, ?> uiWorkflow) {
        return new Workflow(nodes, Objects.requireNonNull(PlainData.asMap(PlainData.copy(uiWorkflow))), handles);
    }

    /**
     * The graph as JSON, as it is sent and as {@link #parse} reads it; without {@link #uiWorkflow()}. Canonical: nodes in the
     * order of {@link #nodes()}, keys sorted, no white space, so that equal workflows have equal text. Kept after the first
     * call, and that of unchanged nodes is shared by copies.
     */
    public String toJson() {
        String known = json;
        if (known == null) {
            StringBuilder text = new StringBuilder(nodes.size() * 200).append('{');
            for (WorkflowNode node : nodes.values()) {
                if (text.length() > 1) {
                    text.append(',');
                }
                PlainData.appendQuoted(text, node.id());
                text.append(':').append(node.json());
            }
            known = text.append('}').toString();
            json = known;
        }
        return known;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Workflow workflow
                        && nodes.equals(workflow.nodes)
                        && Objects.equals(uiWorkflow, workflow.uiWorkflow));
    }

    @Override
    public int hashCode() {
        return nodes.hashCode();
    }

    /** A few words; the whole is {@link #toJson()}. */
    @Override
    public String toString() {
        return "Workflow[" + nodes.size() + (nodes.size() == 1 ? " node]" : " nodes]");
    }
}
