package io.github.comfyeks.schema;

import io.github.comfyeks.internal.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One node class of a server: an entry of {@code /object_info}. Missing fields are empty or false, and a flag that is false
 * may as well be missing. What has no accessor here is in {@link #raw()}. Immutable and safe for any number of threads.
 */
public final class NodeSchema {
    private final String classType;
    private final Map<String, Object> raw;
    private final List<InputSchema> inputs;
    private final List<OutputSchema> outputs;

    private NodeSchema(String classType, Map<String, Object> raw) {
        this.classType = classType;
        this.raw = raw;
        this.inputs = InputSchema.all(raw.get("input"));
        this.outputs = outputs(raw);
    }

    /** Reads one class from its entry as plain data (null, Boolean, Number, String, List and Map), which it keeps. */
    public static NodeSchema of(String classType, Map<String, Object> raw) {
        return new NodeSchema(classType, raw);
    }

    private static List<OutputSchema> outputs(Map<String, Object> raw) {
        List<Object> types = Plain.list(raw.get("output"));
        List<Object> names = Plain.list(raw.get("output_name"));
        List<Object> lists = Plain.list(raw.get("output_is_list"));
        List<Object> templates = Plain.list(raw.get("output_matchtypes"));
        List<Object> tooltips = Plain.list(raw.get("output_tooltips"));
        List<OutputSchema> outputs = new ArrayList<>(types.size());
        for (int i = 0; i < types.size(); i++) {
            boolean isCombo = types.get(i) instanceof List<?>;
            String type = isCombo ? "COMBO" : Plain.text(types.get(i));
            String name = at(names, i).map(Object::toString).orElse("");
            outputs.add(new OutputSchema(
                    i,
                    name.isEmpty() ? type : name,
                    type,
                    at(lists, i).filter(Boolean.TRUE::equals).isPresent(),
                    at(templates, i).map(Object::toString),
                    at(tooltips, i).map(Object::toString),
                    isCombo ? Plain.list(types.get(i)) : List.of()));
        }
        return List.copyOf(outputs);
    }

    private static Optional<Object> at(List<Object> list, int index) {
        return index < list.size() ? Optional.ofNullable(list.get(index)) : Optional.empty();
    }

    /** The name that graphs use, {@code class_type}. */
    public String classType() {
        return classType;
    }

    /** The name that the user interface shows; empty if the node has none. Several classes may share one. */
    public String displayName() {
        return Plain.text(raw.get("display_name"));
    }

    /** What it does, in words; mostly empty. */
    public String description() {
        return Plain.text(raw.get("description"));
    }

    /** Where the user interface lists it, such as {@code image/batch}; may be empty. */
    public String category() {
        return Plain.text(raw.get("category"));
    }

    /** The Python module that it comes from, such as {@code nodes} or {@code custom_nodes.x}. */
    public String pythonModule() {
        return Plain.text(raw.get("python_module"));
    }

    /** All inputs: required, optional, hidden, each in the server's order. */
    public List<InputSchema> inputs() {
        return inputs;
    }

    /** The inputs of one section, in the server's order. */
    public List<InputSchema> inputs(InputSection section) {
        return inputs.stream().filter(input -> input.section().equals(section)).toList();
    }

    /** The input with this name that can be sent: a hidden one is not. Names with dots are not taken apart. */
    public Optional<InputSchema> input(String name) {
        return inputs.stream()
                .filter(input -> input.name().equals(name) && !input.section().equals(InputSection.HIDDEN))
                .findFirst();
    }

    /** The names of inputs that can be sent most like this one, the most alike first; empty if none is alike. For messages. */
    public List<String> nearestInputs(String name, int count) {
        return Nearest.to(
                name,
                inputs.stream()
                        .filter(input -> !input.section().equals(InputSection.HIDDEN))
                        .map(InputSchema::name)
                        .toList(),
                count);
    }

    /** The outputs by slot. */
    public List<OutputSchema> outputs() {
        return outputs;
    }

    /** Whether a graph with it can run: it saves, shows or sends something. */
    public boolean outputNode() {
        return flag("output_node");
    }

    public boolean deprecated() {
        return flag("deprecated");
    }

    public boolean experimental() {
        return flag("experimental");
    }

    /** Whether it calls a paid service of a partner. */
    public boolean apiNode() {
        return flag("api_node");
    }

    public boolean devOnly() {
        return flag("dev_only");
    }

    /** Whether it takes lists whole instead of being run for each element. */
    public boolean inputIsList() {
        return flag("is_input_list");
    }

    private boolean flag(String name) {
        return Boolean.TRUE.equals(raw.get(name));
    }

    /** The entry as the server wrote it, as plain data. */
    public Map<String, Object> raw() {
        return raw;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NodeSchema that && classType.equals(that.classType) && raw.equals(that.raw);
    }

    @Override
    public int hashCode() {
        return classType.hashCode();
    }

    /** The class. */
    @Override
    public String toString() {
        return classType;
    }
}
