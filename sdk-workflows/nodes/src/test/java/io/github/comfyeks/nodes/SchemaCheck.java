package io.github.comfyeks.nodes;

import io.github.comfyeks.graph.Output;
import io.github.comfyeks.schema.Autogrow;
import io.github.comfyeks.schema.DynamicOption;
import io.github.comfyeks.schema.InputSchema;
import io.github.comfyeks.schema.InputSection;
import io.github.comfyeks.schema.NodeSchema;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether what a node sends is what its schema asks for: names, and the kinds of values. */
final class SchemaCheck {
    private final Map<String, Object> sent;
    private final Set<String> known = new HashSet<>();
    private final List<String> problems = new ArrayList<>();

    private SchemaCheck(Map<String, Object> sent) {
        this.sent = sent;
    }

    static List<String> problems(NodeSchema schema, Map<String, Object> sent) {
        SchemaCheck check = new SchemaCheck(sent);
        check.all("", schema.inputs());
        sent.keySet().stream()
                .filter(name -> !check.known.contains(name))
                .forEach(name -> check.problems.add("unknown input " + name));
        return check.problems;
    }

    private void all(String prefix, List<InputSchema> inputs) {
        for (InputSchema input : inputs) {
            if (!input.section().equals(InputSection.HIDDEN)) {
                one(prefix + input.name(), input, input.isRequired());
            }
        }
    }

    private void one(String name, InputSchema input, boolean required) {
        if (input.autogrow().isPresent()) {
            grown(name, input.autogrow().get(), required);
            return;
        }
        known.add(name);
        Object value = sent.get(name);
        if (value == null) {
            if (required) {
                problems.add("no " + name);
            }
        } else if (input.isDynamicCombo()) {
            Optional<DynamicOption> option = input.dynamicOptions().stream()
                    .filter(each -> each.key().equals(value))
                    .findFirst();
            option.ifPresentOrElse(
                    chosen -> all(name + ".", chosen.inputs()), () -> problems.add(name + " has no option " + value));
        } else if (!(value instanceof Output<?>) && !fits(input.unionTypes(), value)) {
            problems.add(name + ": " + value.getClass() + " for " + input.type());
        }
    }

    private void grown(String name, Autogrow grow, boolean required) {
        int count = 0;
        for (int i = 0; i < grow.max().orElse(100); i++) {
            String slot = name + "." + grow.slot(i);
            if (sent.containsKey(slot)) {
                count++;
                one(slot, grow.input(), false);
            }
        }
        if (required && grow.input().isRequired() && count < grow.min()) {
            problems.add(count + " of " + name);
        }
    }

    private static boolean fits(List<String> types, @Nullable Object value) {
        return types.stream().anyMatch(type -> switch (type) {
            case "INT" -> value instanceof Long || value instanceof BigInteger;
            case "FLOAT" -> value instanceof Double;
            case "STRING" -> value instanceof String;
            case "BOOLEAN" -> value instanceof Boolean;
            default -> true;
        });
    }
}
