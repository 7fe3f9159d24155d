package io.github.comfyeks.graph;

/**
 * A value of a list that a server offers, such as a sampler's name. Open: a server with custom nodes has more than the constants of
 * its generated class, and {@code of} takes any. Equal by class and value.
 */
public abstract class Choice {
    private final Object value;

    /** @param value a text or a number, as it is sent */
    protected Choice(Object value) {
        this.value = value;
    }

    /** As it is sent: a text or a number. */
    public final Object value() {
        return value;
    }

    @Override
    public final boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return other instanceof Choice choice && choice.getClass() == getClass() && choice.value.equals(value);
    }

    @Override
    public final int hashCode() {
        return value.hashCode();
    }

    @Override
    public final String toString() {
        return value.toString();
    }
}
