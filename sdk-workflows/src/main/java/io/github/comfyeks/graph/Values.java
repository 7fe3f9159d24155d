package io.github.comfyeks.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** What an input may hold, taken apart into what is sent: plain data and outputs. */
final class Values {
    private Values() {}

    static Object data(Object input) {
        return input instanceof Value<?> value ? value.data() : input;
    }

    /** Gives what is sent for this input, under dotted names where it is dynamic. */
    static void expand(String name, Object value, BiConsumer<String, Object> sent) {
        if (value instanceof Option option) {
            sent.accept(name, option.key());
            option.inputs().forEach((sub, each) -> expand(name + "." + sub, each, sent));
        } else if (value instanceof Grown grown) {
            grown.slots().forEach((slot, each) -> expand(name + "." + slot, each, sent));
        } else if (value instanceof Choice choice) {
            sent.accept(name, choice.value());
        } else if (value instanceof Value<?> literal) {
            sent.accept(name, literal.data());
        } else if (value instanceof List<?> list) {
            sent.accept(name, Map.of("__value__", plain(list)));
        } else {
            sent.accept(name, value);
        }
    }

    private static List<?> plain(List<?> list) {
        return list.stream()
                .map(element -> element instanceof Choice choice ? choice.value() : element)
                .toList();
    }

    /** The same with other links; the very same if none differs. */
    static Object relinked(Object value, UnaryOperator<Output<?>> links) {
        if (value instanceof Output<?> output) {
            return links.apply(output);
        }
        if (value instanceof Option option) {
            Map<String, Object> inputs = relinked(option.inputs(), links);
            return inputs == option.inputs() ? option : new Option(option.key(), inputs);
        }
        if (value instanceof Grown grown) {
            Map<String, Object> slots = relinked(grown.slots(), links);
            return slots == grown.slots() ? grown : new Grown(slots);
        }
        return value;
    }

    static Map<String, Object> relinked(Map<String, Object> inputs, UnaryOperator<Output<?>> links) {
        Map<String, Object> changed = null;
        for (Map.Entry<String, Object> input : inputs.entrySet()) {
            Object after = relinked(input.getValue(), links);
            if (after != input.getValue()) {
                changed = changed == null ? new LinkedHashMap<>(inputs) : changed;
                changed.put(input.getKey(), after);
            }
        }
        return changed == null ? inputs : changed;
    }
}
