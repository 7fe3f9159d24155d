package io.github.comfyeks.graph;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A node of any class, without generated code: the caller knows the names and types. Immutable; mixes with generated nodes.
 *
 * <pre>{@code
 * CustomNode upscaled = CustomNode.of("UltimateSDUpscale").with("image", decoded.image()).with("upscale_by", 2.0);
 * SaveImage.images(upscaled.output(0, Image.class));
 * }</pre>
 */
public final class CustomNode extends Node {
    private final String classType;
    private final Map<String, Object> inputs;

    private CustomNode(String classType, Map<String, Object> inputs, Naming naming) {
        super(naming);
        this.classType = classType;
        this.inputs = inputs;
    }

    static CustomNode of(Node other, Map<String, Object> inputs) {
        return new CustomNode(other.classType(), inputs, other.naming());
    }

    /** @throws IllegalArgumentException if the name is empty */
    public static CustomNode of(String classType) {
        if (classType.isEmpty()) {
            throw new IllegalArgumentException("a node needs a class");
        }
        return new CustomNode(classType, Map.of(), Naming.NONE);
    }

    /**
     * A copy with this input.
     *
     * @param value plain JSON data, an {@link Output}, {@link Choice}, {@link Option} or {@link Grown}; a list is sent as a value,
     *     never as a link
     */
    public CustomNode with(String input, Object value) {
        Map<String, Object> copy = new LinkedHashMap<>(inputs);
        copy.put(input, value);
        return new CustomNode(classType, copy, naming());
    }

    /** A copy that is called so in the editor ({@code _meta.title}). */
    public CustomNode titled(String title) {
        return new CustomNode(classType, inputs, new Naming(id(), Optional.of(title)));
    }

    /** A copy that has this id in every graph. */
    public CustomNode withId(String id) {
        return new CustomNode(classType, inputs, new Naming(Optional.of(id), title()));
    }

    /** The output at this slot, of a type that the caller knows. */
    public <T> Output<T> output(int slot, Class<T> type) {
        return new Output<>(this, slot, "*").as(type);
    }

    /** The output at this slot, of any type. */
    public Output<?> output(int slot) {
        return new Output<>(this, slot, "*");
    }

    @Override
    public String classType() {
        return classType;
    }

    @Override
    public Map<String, Object> inputs() {
        Map<String, Object> sent = new LinkedHashMap<>();
        inputs.forEach((name, value) -> Values.expand(name, value, sent::put));
        return Collections.unmodifiableMap(sent);
    }

    @Override
    Node relinked(UnaryOperator<Output<?>> links) {
        Map<String, Object> changed = Values.relinked(inputs, links);
        return changed == inputs ? this : new CustomNode(classType, changed, naming());
    }
}
