package io.github.comfyeks.edit;

import io.github.comfyeks.edit.internal.ParameterSchema;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The parameters of a workflow, in order. Immutable. */
public final class Parameters implements Iterable<Parameter> {
    private final List<Parameter> all;

    Parameters(List<Parameter> all) {
        this.all = List.copyOf(all);
    }

    /** All of them. */
    public List<Parameter> list() {
        return all;
    }

    /** The one of this name. */
    public Optional<Parameter> find(String name) {
        return all.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /**
     * What {@link EditableWorkflow#with} takes, as JSON Schema of draft 2020-12: an object with a property each, for a program
     * that draws a form. {@code x-step}, {@code x-multiline} and {@code x-file} are hints that the standard has no words for.
     */
    public String toJsonSchema() {
        return ParameterSchema.of(all.stream().map(Parameter::found).toList());
    }

    @Override
    public Iterator<Parameter> iterator() {
        return all.iterator();
    }

    @Override
    public String toString() {
        return all.toString();
    }
}
