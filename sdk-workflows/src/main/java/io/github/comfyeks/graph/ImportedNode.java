package io.github.comfyeks.graph;

import io.github.comfyeks.workflow.Workflow;
import io.github.comfyeks.workflow.WorkflowNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A node of a workflow that was read, for typed code to link to: its outputs feed typed nodes, and a graph that ends in those has
 * this node, under its id, with all that it needs. Immutable. {@code EditableWorkflow} makes them.
 */
public final class ImportedNode extends Node {
    private final WorkflowNode node;
    private final Object origin;
    private final Map<String, ImportedNode> all;
    private final Map<String, ?> inPlace;

    private ImportedNode(WorkflowNode node, Object origin, Map<String, ImportedNode> all, Map<String, ?> inPlace) {
        super(new Naming(Optional.of(node.id()), Optional.of(node.title()).filter(title -> !title.isEmpty())));
        this.node = node;
        this.origin = origin;
        this.all = all;
        this.inPlace = inPlace;
    }

    /**
     * Every node of a workflow, by id.
     *
     * @param origin what nodes of one file have in common, to tell them from those of another
     * @param inPlace node id → input → a value in place of the workflow's
     */
    public static Map<String, ImportedNode> all(
            Workflow workflow, Object origin, Map<String, ? extends Map<String, ?>> inPlace) {
        Map<String, ImportedNode> all = new LinkedHashMap<>();
        Map<String, ImportedNode> view = Collections.unmodifiableMap(all);
        workflow.nodes().forEach((id, node) -> {
            Map<String, ?> others = inPlace.get(id);
            all.put(id, new ImportedNode(node, origin, view, others == null ? Map.of() : others));
        });
        return view;
    }

    /** What the nodes of one file have in common. */
    public Object origin() {
        return origin;
    }

    /** The output at this slot, of a type that the caller knows. */
    public <T> Output<T> output(int slot, Class<T> type) {
        return output(slot).as(type);
    }

    /** The output at this slot, of any type. */
    public Output<?> output(int slot) {
        return new Output<>(this, slot, "*");
    }

    @Override
    public String classType() {
        return node.classType();
    }

    @Override
    @SuppressWarnings("NullAway") // an input that was read may be null
    public Map<String, Object> inputs() {
        Map<String, Object> inputs = new LinkedHashMap<>(node.inputs());
        node.links().forEach((name, link) -> {
            ImportedNode from = all.get(link.nodeId());
            inputs.put(name, from.output(link.slot()));
        });
        inputs.putAll(inPlace);
        return Collections.unmodifiableMap(inputs);
    }

    @Override
    Node relinked(UnaryOperator<Output<?>> links) {
        Map<String, Object> inputs = inputs();
        Map<String, Object> changed = Values.relinked(inputs, links);
        return changed == inputs ? this : CustomNode.of(this, changed);
    }
}
