package io.github.comfyeks.workflow;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One node of a workflow in ComfyUI's API format: {@code {"class_type", "inputs", "_meta": {"title"}}}. Immutable and a
 * value; safe for any number of threads.
 *
 * <p>An input is plain data: null, Boolean, String, Long, BigInteger (beyond a long), Double, List or Map; a link is the
 * list {@code ["4", 0]}, and {@link #link(String)} reads it.
 */
public final class WorkflowNode {
    private final String id;
    private final String classType;
    private final Map<String, @Nullable Object> inputs;
    private final String title;
    private @Nullable String json; // a String is safely published by itself; written twice at worst

    private WorkflowNode(String id, String classType, Map<String, @Nullable Object> inputs, String title) {
        this.id = id;
        this.classType = classType;
        this.inputs = inputs;
        this.title = title;
    }

    /**
     * A node with these inputs, each plain data or a {@link Link}.
     *
     * @param title what an artist calls it; empty if it has no name of its own
     * @throws IllegalArgumentException if id or class is empty, or an input is no data that JSON can hold
     */
    public static WorkflowNode of(String id, String classType, Map<String, ?> inputs, String title) {
        if (id.isEmpty() || classType.isEmpty()) {
            throw new IllegalArgumentException(
                    "a node needs an id and a class, got \"" + id + "\", \"" + classType + "\"");
        }
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        inputs.forEach((name, value) -> copy.put(name, PlainData.copy(value)));
        return new WorkflowNode(id, classType, Collections.unmodifiableMap(copy), title);
    }

    /** A node with these inputs and no title. */
    public static WorkflowNode of(String id, String classType, Map<String, ?> inputs) {
        return of(id, classType, inputs, "");
    }

    /** The caller has made sure that everything is plain data which nobody changes. */
    static WorkflowNode trusted(String id, String classType, Map<String, @Nullable Object> inputs, String title) {
        return new WorkflowNode(id, classType, Collections.unmodifiableMap(inputs), title);
    }

    /** Its id in the workflow, mostly a number as text. */
    public String id() {
        return id;
    }

    /** ComfyUI's name of what it does, such as {@code KSampler}. */
    public String classType() {
        return classType;
    }

    /** Its inputs by name, in their order; unmodifiable, all the way down. */
    public Map<String, @Nullable Object> inputs() {
        return inputs;
    }

    /** What it is called in the editor; empty if the workflow does not say. */
    public String title() {
        return title;
    }

    /** Where this input comes from, if it is linked; empty if it is a literal or absent. */
    public Optional<Link> link(String input) {
        return Optional.ofNullable(PlainData.asLink(inputs.get(input)));
    }

    /** Every linked input by name. */
    public Map<String, Link> links() {
        Map<String, Link> links = new LinkedHashMap<>();
        inputs.forEach((name, value) -> {
            Link link = PlainData.asLink(value);
            if (link != null) {
                links.put(name, link);
            }
        });
        return Collections.unmodifiableMap(links);
    }

    /** The node with one input set or added; {@code value} must be plain data already. */
    WorkflowNode with(String input, @Nullable Object value) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(inputs);
        copy.put(input, value);
        return trusted(id, classType, copy, title);
    }

    WorkflowNode without(String input) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(inputs);
        copy.remove(input);
        return trusted(id, classType, copy, title);
    }

    /** Canonical: equal nodes have equal text. */
    String json() {
        String known = json;
        if (known == null) {
            known = PlainData.write(generator -> {
                generator.writeStartObject();
                generator.writeStringField("class_type", classType);
                generator.writeFieldName("inputs");
                generator.writeStartObject();
                for (String name : inputs.size() < 2 ? inputs.keySet() : new TreeSet<>(inputs.keySet())) {
                    generator.writeFieldName(name);
                    PlainData.write(generator, inputs.get(name));
                }
                generator.writeEndObject();
                if (!title.isEmpty()) {
                    generator.writeObjectFieldStart("_meta");
                    generator.writeStringField("title", title);
                    generator.writeEndObject();
                }
                generator.writeEndObject();
            });
            json = known;
        }
        return known;
    }

    /** In words for messages: {@code node 6 (CLIPTextEncode "positive")}. */
    String describe() {
        return "node " + id + " (" + classType
                + (title.isEmpty() || title.equals(classType) ? "" : " \"" + title + "\"") + ")";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof WorkflowNode node
                        && id.equals(node.id)
                        && classType.equals(node.classType)
                        && title.equals(node.title)
                        && inputs.equals(node.inputs));
    }

    @Override
    public int hashCode() {
        return 31 * (31 * id.hashCode() + classType.hashCode()) + inputs.hashCode();
    }

    /** The node's canonical JSON, without its id. */
    @Override
    public String toString() {
        return id + ": " + json();
    }
}
