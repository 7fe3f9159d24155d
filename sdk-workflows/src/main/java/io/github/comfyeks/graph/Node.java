package io.github.comfyeks.graph;

import io.github.comfyeks.workflow.NodeHandle;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A node with its inputs. Immutable, and safe for any number of threads: what looks like a change answers a copy. Two nodes are
 * two nodes even if they look alike; a graph has one node for each.
 */
public abstract sealed class Node implements NodeHandle permits TypedNode, CustomNode, ImportedNode {
    private final Naming naming;

    /** What a caller may give a node besides its inputs. */
    record Naming(Optional<String> id, Optional<String> title) {
        static final Naming NONE = new Naming(Optional.empty(), Optional.empty());
    }

    Node(Naming naming) {
        this.naming = naming;
    }

    Naming naming() {
        return naming;
    }

    /** ComfyUI's name of what it does, such as {@code KSampler}. */
    public abstract String classType();

    /**
     * Its inputs by the names under which they are sent, in the schema's order. A value is plain JSON data or an {@link Output}.
     * Unmodifiable.
     */
    public abstract Map<String, Object> inputs();

    /** The title given by {@code titled}. */
    public final Optional<String> title() {
        return naming.title();
    }

    /** The id given by {@code withId}; a graph numbers the others. */
    public final Optional<String> id() {
        return naming.id();
    }

    /** The same node, with other links: for each output that an input takes, the one that the operator gives. */
    abstract Node relinked(UnaryOperator<Output<?>> links);

    /** Whether it is the very same node. */
    @Override
    public final boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public final int hashCode() {
        return System.identityHashCode(this);
    }

    /** The class, and the title if it has one. */
    @Override
    public final String toString() {
        return classType() + naming.title().map(title -> " \"" + title + "\"").orElse("");
    }
}
