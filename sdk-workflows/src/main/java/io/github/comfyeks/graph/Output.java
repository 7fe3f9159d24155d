package io.github.comfyeks.graph;

import org.jspecify.annotations.Nullable;

/**
 * One output of a node, where links begin. Immutable; equal if it is the same slot of the very same node.
 *
 * @param <T> the type that it gives
 */
public final class Output<T> implements Input<T> {
    private final Node node;
    private final int slot;
    private final String type;

    Output(Node node, int slot, String type) {
        if (slot < 0) {
            throw new IllegalArgumentException("an output slot counts from 0, got " + slot + " of " + node);
        }
        this.node = node;
        this.slot = slot;
        this.type = type;
    }

    public Node node() {
        return node;
    }

    /** Which of the node's outputs, from 0. */
    public int slot() {
        return slot;
    }

    /** ComfyUI's name of the type, such as {@code IMAGE}; {@code *} if it is not known. */
    public String type() {
        return type;
    }

    /**
     * The same output as one of another type, at the caller's word: for outputs of {@link CustomNode} and of type {@code *}, of
     * which only the caller knows what they give.
     */
    @SuppressWarnings({"unchecked", "unused"}) // the class names the type argument, nothing else
    public <S> Output<S> as(Class<S> other) {
        return (Output<S>) this;
    }

    Output<T> of(Node other) {
        return other.equals(node) ? this : new Output<>(other, slot, type);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Output<?> output && output.node.equals(node) && output.slot == slot;
    }

    @Override
    public int hashCode() {
        return 31 * node.hashCode() + slot;
    }

    @Override
    public String toString() {
        return node + "[" + slot + "]";
    }
}
