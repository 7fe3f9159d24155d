package io.github.comfyeks.validation.internal;

import io.github.comfyeks.schema.Autogrow;
import io.github.comfyeks.schema.DynamicOption;
import io.github.comfyeks.schema.InputSchema;
import io.github.comfyeks.schema.InputSection;
import io.github.comfyeks.schema.NodeSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which inputs a node has for the values that are sent: those of the chosen option of a dynamic combo, and one for each
 * repetition of an autogrow. Nobody checks a dynamic combo whose key is missing or unknown.
 */
public final class LiveInputs {
    /**
     * One input as it is sent.
     *
     * @param name with dots
     */
    record Live(String name, InputSchema schema, boolean required) {}

    /**
     * A dynamic combo whose value chooses nothing.
     *
     * @param sent whether there is a value
     */
    record Undecided(String name, InputSchema schema, boolean sent, boolean required) {}

    final List<Live> inputs = new ArrayList<>();
    final List<Undecided> undecided = new ArrayList<>();

    /** Autogrows by the start of their repetitions' names. */
    final Map<String, Autogrow> grown = new LinkedHashMap<>();

    /** Inputs that other options of a dynamic combo have: users of the editor leave them behind. */
    final Set<String> ofOtherOptions = new HashSet<>();

    private final Map<String, ? extends @Nullable Object> sent;
    private final boolean checksRepetitions;

    LiveInputs(NodeSchema schema, Map<String, ? extends @Nullable Object> sent, Behaviour behaviour) {
        this.sent = sent;
        this.checksRepetitions = behaviour.checksRepetitions();
        for (InputSchema input : schema.inputs()) {
            if (!input.section().equals(InputSection.HIDDEN)) {
                add(input.name(), input, input.isRequired());
            }
        }
    }

    /** What a node's class says of an input by the name under which it is sent, be it sent or not; empty if the node cannot take it. */
    public static Optional<InputSchema> find(
            NodeSchema schema, Map<String, ? extends @Nullable Object> sent, String name) {
        LiveInputs live = new LiveInputs(schema, sent, Behaviour.MODERN);
        for (Live input : live.inputs) {
            if (input.name().equals(name)) {
                return Optional.of(input.schema());
            }
        }
        for (Undecided combo : live.undecided) {
            if (combo.name().equals(name)) {
                return Optional.of(combo.schema());
            }
        }
        return live.grown.entrySet().stream()
                .filter(grown -> name.startsWith(grown.getKey()))
                .map(grown -> grown.getValue().input())
                .findFirst();
    }

    private void add(String name, InputSchema schema, boolean required) {
        if (schema.isDynamicCombo()) {
            addCombo(name, schema, required);
        } else if (schema.isAutogrow()) {
            schema.autogrow().ifPresent(autogrow -> addAutogrow(name, autogrow));
        } else {
            inputs.add(new Live(name, schema, required));
        }
    }

    private void addCombo(String name, InputSchema schema, boolean required) {
        Optional<DynamicOption> chosen = schema.dynamicOptions().stream()
                .filter(option -> option.key().equals(sent.get(name)))
                .findFirst();
        for (DynamicOption option : schema.dynamicOptions()) {
            if (!option.key().equals(sent.get(name))) {
                option.inputs().forEach(input -> ofOtherOptions.add(name + "." + input.name()));
            }
        }
        if (chosen.isEmpty()) {
            undecided.add(new Undecided(name, schema, sent.containsKey(name), required));
            return;
        }
        for (InputSchema input : chosen.get().inputs()) {
            add(name + "." + input.name(), input, input.isRequired());
        }
        inputs.add(new Live(name, schema, required));
    }

    private void addAutogrow(String name, Autogrow autogrow) {
        grown.put(name + ".", autogrow);
        int most = autogrow.max().orElse(Math.max(autogrow.min(), sent.size()));
        for (int i = 0; i < most; i++) {
            String slot = name + "." + autogrow.slot(i);
            boolean required = i < autogrow.min() && autogrow.input().isRequired();
            if (sent.containsKey(slot) || (required && checksRepetitions)) {
                add(slot, autogrow.input(), required);
            }
        }
    }
}
