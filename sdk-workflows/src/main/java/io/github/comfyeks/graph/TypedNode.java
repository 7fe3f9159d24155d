package io.github.comfyeks.graph;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What generated node classes extend; see {@link Node}.
 *
 * @param <N> the class itself
 */
public abstract non-sealed class TypedNode<N extends TypedNode<N>> extends Node {
    private final NodeType type;
    private final @Nullable Object[] values;

    /** All that a node holds, on its way from one copy to the next. For generated code. */
    public static final class State {
        private final @Nullable Object[] values;
        private final Naming naming;

        private State(@Nullable Object[] values, Naming naming) {
            this.values = values;
            this.naming = naming;
        }

        /** A node's first state, with nothing but defaults. */
        public static State of(NodeType type) {
            return new State(type.values(), Naming.NONE);
        }

        /** With another value: plain data, an {@link Output}, {@link Choice}, {@link Option}, {@link Grown}; null: not sent. */
        public State with(int input, @Nullable Object value) {
            Object[] copy = values.clone();
            copy[input] = value;
            return new State(copy, naming);
        }

        /** Those that are set, in the type's order. */
        Map<String, Object> inputs(NodeType type) {
            Map<String, Object> inputs = new LinkedHashMap<>();
            for (int i = 0; i < values.length; i++) {
                Object value = values[i];
                if (value != null) {
                    inputs.put(type.inputs().get(i), value);
                }
            }
            return inputs;
        }
    }

    protected TypedNode(NodeType type, State state) {
        super(state.naming);
        this.type = type;
        this.values = state.values;
    }

    /** A node of this class with that state. */
    protected abstract N copy(State state);

    /** The state as of now. */
    protected final State state() {
        return new State(values, naming());
    }

    /** A copy with another value of one input. */
    protected final N with(int input, @Nullable Object value) {
        return copy(state().with(input, value));
    }

    /** The output at this slot. */
    protected final <T> Output<T> output(int slot) {
        return new Output<>(this, slot, type.output(slot));
    }

    @Override
    public final String classType() {
        return type.classType();
    }

    /** A copy that is called so in the editor ({@code _meta.title}). */
    public final N titled(String title) {
        return copy(new State(values, new Naming(id(), Optional.of(title))));
    }

    /** A copy that has this id in every graph. */
    public final N withId(String id) {
        return copy(new State(values, new Naming(Optional.of(id), title())));
    }

    @Override
    public final Map<String, Object> inputs() {
        Map<String, Object> inputs = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value != null) {
                Values.expand(type.inputs().get(i), value, inputs::put);
            }
        }
        return Collections.unmodifiableMap(inputs);
    }

    @Override
    final Node relinked(UnaryOperator<Output<?>> links) {
        @Nullable Object[] changed = null;
        for (int i = 0; i < values.length; i++) {
            Object before = values[i];
            Object after = before == null ? null : Values.relinked(before, links);
            if (after != before) {
                changed = changed == null ? values.clone() : changed;
                changed[i] = after;
            }
        }
        return changed == null ? this : copy(new State(changed, naming()));
    }
}
