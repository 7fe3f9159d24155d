package io.github.comfyeks.edit;

import io.github.comfyeks.edit.internal.FoundParameter;
import java.util.List;
import java.util.Optional;

/** What may be changed about a workflow, by name. Immutable. */
public final class Parameter {
    private final FoundParameter found;

    Parameter(FoundParameter found) {
        this.found = found;
    }

    FoundParameter found() {
        return found;
    }

    /** What {@link EditableWorkflow#with} calls it. */
    public String name() {
        return found.name();
    }

    /** What it is, in words: the artist's, else the node's; may be empty. */
    public String description() {
        return found.description();
    }

    /** The inputs that it sets, as {@code 6.text}; at least one. */
    public List<String> addresses() {
        return found.places().stream()
                .map(place -> place.nodeId() + "." + place.input())
                .toList();
    }

    /**
     * ComfyUI's type: {@code INT}, {@code FLOAT}, {@code STRING}, {@code BOOLEAN}, {@code COMBO} or one that is hardly written by
     * hand. Without the server's classes every number is a {@code FLOAT}.
     */
    public String type() {
        return found.schema().type();
    }

    /** What it is if nobody sets it: the workflow's own value, of the first input if there are several. Empty for null. */
    public Optional<Object> defaultValue() {
        return Optional.ofNullable(found.value());
    }

    /** The smallest value, inclusive. */
    public Optional<Number> min() {
        return found.schema().min();
    }

    /** The largest value, inclusive. */
    public Optional<Number> max() {
        return found.schema().max();
    }

    /** The step of a slider; other values are taken as well. */
    public Optional<Number> step() {
        return found.schema().step();
    }

    /** What it may be; empty if that is not a list. For files, those that the server has. */
    public List<Object> choices() {
        return found.choices();
    }

    /** Whether a text has many lines. */
    public boolean multiline() {
        return found.schema().multiline();
    }

    /** Whether it takes a file: a {@link LocalFile}, a path, or the name of one that the server has. */
    public boolean isFile() {
        return found.isFile();
    }

    /** Name and type. */
    @Override
    public String toString() {
        return name() + " (" + type() + ")";
    }
}
