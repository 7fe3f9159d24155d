package io.github.comfyeks.graph;

import io.github.comfyeks.error.WorkflowInvalidException;
import io.github.comfyeks.graph.internal.Collector;
import io.github.comfyeks.workflow.Link;
import io.github.comfyeks.workflow.Workflow;
import io.github.comfyeks.workflow.WorkflowNode;
import io.github.comfyeks.workflow.WorkflowSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A workflow as an expression: the given nodes and everything that they need, and nothing else. Nodes come before those that use
 * them and are numbered in that order from 1, but for those that have an id of their own; the same graph has the same ids and the
 * same JSON every time. Immutable, and safe for any number of threads.
 *
 * <p>Equal graphs make equal workflows; whether one was written in Java and the other read does not matter then.
 */
public final class Graph implements WorkflowSource {
    private final List<Node> roots;
    private final Map<Node, String> ids;
    private final List<Node> nodes;
    /** Nodes of the graphs that this one was changed from, and what they became. */
    private final Map<Node, Node> became;

    private final Workflow workflow;

    private Graph(List<Node> roots, Map<Node, Node> became) {
        this.roots = roots;
        this.became = became;
        this.nodes = Collector.collect(roots);
        this.ids = numbered(nodes);
        Map<Node, String> handles = new HashMap<>(ids);
        became.forEach((before, after) -> {
            String id = ids.get(after);
            if (id != null) {
                handles.put(before, id);
            }
        });
        this.workflow = Workflow.of(nodes.stream().map(this::built).toList(), handles);
    }

    /**
     * The graph that ends in these nodes: mostly one that saves.
     *
     * @throws WorkflowInvalidException if two nodes were given one id, with all such ids
     * @throws IllegalArgumentException without a node
     */
    public static Graph of(Node... outputs) {
        return of(Arrays.asList(outputs));
    }

    /** The same of a collection. */
    public static Graph of(Collection<? extends Node> outputs) {
        if (outputs.isEmpty()) {
            throw new IllegalArgumentException("a graph needs a node that it ends in");
        }
        return new Graph(List.copyOf(outputs), Map.of());
    }

    private static Map<Node, String> numbered(List<Node> nodes) {
        Map<String, Node> taken = new HashMap<>();
        List<String> problems = new ArrayList<>();
        Map<Node, String> ids = new HashMap<>();
        for (Node node : nodes) {
            node.id().ifPresent(id -> {
                ids.put(node, id);
                Node other = taken.putIfAbsent(id, node);
                if (other != null) {
                    problems.add("the id \"" + id + "\" was given to two nodes, " + other + " and " + node);
                }
            });
        }
        if (!problems.isEmpty()) {
            throw new WorkflowInvalidException("graph", problems, null);
        }
        int next = 1;
        for (Node node : nodes) {
            if (node.id().isEmpty()) {
                while (taken.containsKey(String.valueOf(next))) {
                    next++;
                }
                ids.put(node, String.valueOf(next++));
            }
        }
        return ids;
    }

    private WorkflowNode built(Node node) {
        Map<String, Object> inputs = new LinkedHashMap<>(node.inputs());
        inputs.replaceAll((name, value) ->
                value instanceof Output<?> output ? new Link(id(output.node()), output.slot()) : value);
        return WorkflowNode.of(id(node), node.classType(), inputs, node.title().orElse(""));
    }

    /** Every node, each after those that it needs. */
    public List<Node> nodes() {
        return nodes;
    }

    /** The nodes that the graph was asked to end in. */
    public List<Node> outputs() {
        return roots;
    }

    /**
     * The id of a node; also of one that this graph was changed from.
     *
     * @throws IllegalArgumentException if it is not in the graph
     */
    public String id(Node node) {
        String id = ids.get(became.getOrDefault(node, node));
        if (id == null) {
            throw new IllegalArgumentException("not in the graph: " + node);
        }
        return id;
    }

    /** The node with this id. */
    public Optional<Node> find(String id) {
        return nodes.stream().filter(node -> id(node).equals(id)).findFirst();
    }

    /** Every node of exactly this class of Java's, in the graph's order. */
    public <N extends Node> List<N> findAll(Class<N> type) {
        return nodes.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Every node of exactly this class of ComfyUI's, in the graph's order. */
    public List<Node> findByClass(String classType) {
        return nodes.stream().filter(node -> node.classType().equals(classType)).toList();
    }

    /** Every node with exactly this title, in the graph's order. */
    public List<Node> findByTitle(String title) {
        return nodes.stream()
                .filter(node -> node.title().filter(title::equals).isPresent())
                .toList();
    }

    /**
     * One link.
     *
     * @param from what gives
     * @param to the node that takes
     * @param input the name of its input
     */
    public record Wire(Output<?> from, Node to, String input) {}

    /** Every link, by the nodes that take, in the graph's order. */
    public List<Wire> links() {
        List<Wire> links = new ArrayList<>();
        for (Node node : nodes) {
            node.inputs().forEach((name, value) -> {
                if (value instanceof Output<?> output) {
                    links.add(new Wire(output, node, name));
                }
            });
        }
        return List.copyOf(links);
    }

    /**
     * A graph in which another node stands in the place of this one, linked by the same slots. That it gives the same types is
     * the caller's care; the check against a server tells if not.
     *
     * @throws IllegalArgumentException if the node is not in the graph
     */
    public Graph replacing(Node node, Node other) {
        Node present = became.getOrDefault(node, node);
        id(present);
        return mapping(each -> each.equals(present) ? other : each);
    }

    /**
     * A graph in which each node is what the operator makes of it, given the node with its inputs already mapped: for sweeps over
     * seeds and values. A node that the operator gives back as it is stays what it is.
     *
     * <pre>{@code
     * graph.mapping(node -> node instanceof KSampler sampler ? sampler.seed(7) : node)
     * }</pre>
     */
    public Graph mapping(UnaryOperator<Node> operator) {
        Map<Node, Node> mapped = new HashMap<>();
        for (Node node : nodes) {
            Node relinked = node.relinked(output -> output.of(mapped.getOrDefault(output.node(), output.node())));
            Node changed = operator.apply(relinked);
            mapped.put(node, changed);
        }
        Map<Node, Node> history = new HashMap<>(mapped);
        became.forEach((before, after) -> history.put(before, mapped.getOrDefault(after, after)));
        return new Graph(
                roots.stream().map(root -> mapped.getOrDefault(root, root)).toList(),
                Collections.unmodifiableMap(history));
    }

    /** The workflow that is queued. */
    @Override
    public Workflow workflow() {
        return workflow;
    }

    /** As it is sent; see {@link Workflow#toJson()}. */
    public String toJson() {
        return workflow.toJson();
    }

    /** Whether the other graph makes the same workflow. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Graph graph && graph.workflow.equals(workflow);
    }

    @Override
    public int hashCode() {
        return workflow.hashCode();
    }

    /** A few words; the whole is {@link #toJson()}. */
    @Override
    public String toString() {
        return "Graph[" + nodes.size() + (nodes.size() == 1 ? " node]" : " nodes]");
    }
}
