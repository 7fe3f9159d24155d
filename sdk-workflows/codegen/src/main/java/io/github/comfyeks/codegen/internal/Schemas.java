package io.github.comfyeks.codegen.internal;

import io.github.comfyeks.schema.DynamicOption;
import io.github.comfyeks.schema.InputSchema;
import io.github.comfyeks.schema.InputSection;
import io.github.comfyeks.schema.NodeSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The inputs of schemas that are sent. */
final class Schemas {
    private Schemas() {}

    /** Required, then optional; of two with one name the first. */
    static List<InputSchema> sent(List<InputSchema> inputs) {
        List<InputSchema> sent = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (InputSchema input : inputs) {
            boolean known = input.section().equals(InputSection.REQUIRED)
                    || input.section().equals(InputSection.OPTIONAL);
            if (known && names.add(input.name())) {
                sent.add(input);
            }
        }
        return sent;
    }

    /** All inputs of a node, those of options and templates too. */
    static void walk(NodeSchema node, Consumer<InputSchema> visitor) {
        walk(node.inputs(), visitor);
    }

    private static void walk(List<InputSchema> inputs, Consumer<InputSchema> visitor) {
        for (InputSchema input : sent(inputs)) {
            visitor.accept(input);
            for (DynamicOption option : input.dynamicOptions()) {
                walk(option.inputs(), visitor);
            }
            input.autogrow().ifPresent(grow -> walk(List.of(grow.input()), visitor));
        }
    }
}
