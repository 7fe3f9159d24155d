package io.github.comfyeks.edit;

import io.github.comfyeks.convert.internal.Marks.Place;
import io.github.comfyeks.edit.internal.Addresses;
import io.github.comfyeks.edit.internal.Change;
import io.github.comfyeks.edit.internal.Draft;
import io.github.comfyeks.edit.internal.Splice;
import io.github.comfyeks.error.WorkflowInvalidException;
import io.github.comfyeks.graph.ImportedNode;
import io.github.comfyeks.graph.Node;
import io.github.comfyeks.graph.Output;
import io.github.comfyeks.workflow.WorkflowNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One node of an {@link EditableWorkflow}, and what can be done about it: each change answers another workflow. Immutable. */
public final class EditableNode {
    private final Draft draft;
    private final ImportedNode typed;
    private final WorkflowNode node;

    EditableNode(Draft draft, ImportedNode typed, WorkflowNode node) {
        this.draft = draft;
        this.typed = typed;
        this.node = node;
    }

    /** Its id, class, title and inputs. */
    public WorkflowNode content() {
        return node;
    }

    /**
     * The workflow with another value of one input; see {@link EditableWorkflow#set(String, Object)}.
     *
     * @throws WorkflowInvalidException if it has no such input, or does not take the value
     */
    public EditableWorkflow set(String input, @Nullable Object value) {
        Place place = new Addresses(draft).place(node, input);
        Change change = new Change(draft);
        change.set(place, value);
        return new EditableWorkflow(change.done());
    }

    /** Its output at this slot, for typed nodes to take and for {@link EditableWorkflow#rewire}; the type is the caller's word. */
    public <T> Output<T> output(int slot, Class<T> type) {
        return typed.output(slot, type);
    }

    /**
     * The output that feeds one of its inputs.
     *
     * @throws WorkflowInvalidException if the input is not linked
     */
    public <T> Output<T> source(String input, Class<T> type) {
        if (typed.inputs().get(input) instanceof Output<?> output) {
            return output.as(type);
        }
        throw new WorkflowInvalidException(
                "workflow",
                List.of(new Addresses(draft).describe(node) + " takes no link at \"" + input + "\"; it does at "
                        + node.links().keySet()),
                null);
    }

    /**
     * The workflow with a typed or custom node in its place, under its id: what took its outputs takes those of the other, by
     * their slots. New nodes that the other needs come along.
     *
     * @throws WorkflowInvalidException if a link does not fit, or the other takes what this one gives
     */
    public EditableWorkflow replaceWith(Node other) {
        return new EditableWorkflow(Splice.replace(draft, node.id(), other));
    }

    /**
     * The workflow without it: what took its outputs takes what it was fed with, by the rules of the page's bypass. The server's
     * classes are needed for that, unless nothing takes its outputs.
     *
     * @throws WorkflowInvalidException if a required input would be left with nothing, or the node is bound to a name
     */
    public EditableWorkflow remove() {
        return new EditableWorkflow(Splice.remove(draft, node.id()));
    }

    /** The part of the workflow that ends in it: itself and all that it needs. */
    public EditableWorkflow only() {
        return new EditableWorkflow(Splice.only(draft, node.id()));
    }

    @Override
    public String toString() {
        return new Addresses(draft).describe(node);
    }
}
