package io.github.comfyeks.schema.diff;

import io.github.comfyeks.schema.Autogrow;
import io.github.comfyeks.schema.DynamicOption;
import io.github.comfyeks.schema.InputSchema;
import io.github.comfyeks.schema.InputSection;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.schema.OutputSchema;
import io.github.comfyeks.workflow.Link;
import io.github.comfyeks.workflow.Workflow;
import io.github.comfyeks.workflow.WorkflowNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a workflow does not fit a schema, as far as another schema can change it. It does not replace the check before a run: what
 * is wrong in itself, such as a cycle, is none of its business.
 */
final class WorkflowCheckup {
    private static final Set<String> NUMBERS = Set.of("INT", "FLOAT");

    private final ObjectInfo schemas;
    private final Workflow workflow;
    private final List<Breakage> found = new ArrayList<>();

    private WorkflowCheckup(ObjectInfo schemas, Workflow workflow) {
        this.schemas = schemas;
        this.workflow = workflow;
    }

    static List<Breakage> breakages(Workflow workflow, ObjectInfo schemas) {
        WorkflowCheckup checkup = new WorkflowCheckup(schemas, workflow);
        workflow.nodes().values().forEach(checkup::node);
        return checkup.found;
    }

    /** Links to a slot that gives something else of the same type now, because what it gave is at another slot. */
    static List<Breakage> movedOutputs(Workflow workflow, ObjectInfo before, ObjectInfo after) {
        List<Breakage> moved = new ArrayList<>();
        for (WorkflowNode node : workflow.nodes().values()) {
            node.links().forEach((input, link) -> {
                Optional<OutputSchema> gave = output(workflow, before, link);
                Optional<OutputSchema> gives = output(workflow, after, link);
                if (gave.isPresent() && gives.isPresent()) {
                    String name = gave.get().name();
                    boolean isElsewhere = !gives.get().name().equals(name)
                            && gives.get().type().equals(gave.get().type())
                            && outputs(workflow, after, link).stream()
                                    .anyMatch(output -> output.name().equals(name));
                    if (isElsewhere) {
                        moved.add(new Breakage(
                                node.id(),
                                node.classType(),
                                input,
                                "is linked to output " + link.slot() + " of node " + link.nodeId() + ", which gave \""
                                        + name + "\" and gives \"" + gives.get().name() + "\""));
                    }
                }
            });
        }
        return moved;
    }

    private static List<OutputSchema> outputs(Workflow workflow, ObjectInfo schemas, Link link) {
        return workflow.find(link.nodeId())
                .flatMap(node -> schemas.find(node.classType()))
                .map(NodeSchema::outputs)
                .orElse(List.of());
    }

    private static Optional<OutputSchema> output(Workflow workflow, ObjectInfo schemas, Link link) {
        List<OutputSchema> outputs = outputs(workflow, schemas, link);
        return link.slot() < outputs.size() ? Optional.of(outputs.get(link.slot())) : Optional.empty();
    }

    private void node(WorkflowNode node) {
        Optional<NodeSchema> schema = schemas.find(node.classType());
        if (schema.isEmpty()) {
            List<String> nearest = schemas.nearest(node.classType(), 1);
            add(node, "", "the class is gone" + (nearest.isEmpty() ? "" : "; nearest: " + nearest.get(0)));
            return;
        }
        inputs(node, "", schema.get().inputs());
    }

    private void add(WorkflowNode node, String input, String text) {
        found.add(new Breakage(node.id(), node.classType(), input, text));
    }

    private void inputs(WorkflowNode node, String prefix, List<InputSchema> inputs) {
        for (InputSchema input : inputs) {
            if (!input.section().equals(InputSection.HIDDEN)) {
                input(node, prefix + input.name(), input, input.isRequired());
            }
        }
    }

    private void input(WorkflowNode node, String name, InputSchema input, boolean required) {
        Optional<Autogrow> grow = input.autogrow();
        if (grow.isPresent()) {
            grown(node, name, grow.get(), required);
            return;
        }
        if (!node.inputs().containsKey(name)) {
            if (required) {
                add(
                        node,
                        name,
                        "is required and not given"
                                + input.defaultValue()
                                        .map(value -> "; default: " + value)
                                        .orElse(""));
            }
            return;
        }
        Optional<Link> link = node.link(name);
        if (link.isPresent()) {
            link(node, name, input, link.get());
        } else {
            value(node, name, input, node.inputs().get(name));
        }
    }

    private void grown(WorkflowNode node, String name, Autogrow grow, boolean required) {
        int count = 0;
        for (String key : node.inputs().keySet()) {
            if (key.startsWith(name + ".") && isSlot(grow, key.substring(name.length() + 1))) {
                count++;
                input(node, key, grow.input(), false);
            }
        }
        if (required && grow.input().isRequired() && count < grow.min()) {
            add(node, name, "needs at least " + grow.min() + ", has " + count);
        }
        if (grow.max().isPresent() && count > grow.max().getAsInt()) {
            add(node, name, "takes at most " + grow.max().getAsInt() + ", has " + count);
        }
    }

    private static boolean isSlot(Autogrow grow, String slot) {
        return grow.names().isEmpty()
                ? slot.startsWith(grow.prefix())
                        && slot.substring(grow.prefix().length()).matches("\\d+")
                : grow.names().contains(slot);
    }

    private void link(WorkflowNode node, String name, InputSchema input, Link link) {
        if (workflow.find(link.nodeId())
                .flatMap(from -> schemas.find(from.classType()))
                .isEmpty()) {
            return; // said of that node, or wrong in itself
        }
        Optional<OutputSchema> from = output(workflow, schemas, link);
        if (from.isEmpty()) {
            add(node, name, "is linked to output " + link.slot() + " of node " + link.nodeId() + ", which is gone");
            return;
        }
        List<String> given = List.of(from.get().type().split(","));
        boolean isOpen = input.isAny()
                || given.contains("*")
                || input.type().startsWith("COMFY_")
                || from.get().matchTemplate().isPresent();
        if (!isOpen && !input.unionTypes().containsAll(given)) {
            add(
                    node,
                    name,
                    "takes " + input.type() + " and is linked to " + from.get().type());
        }
    }

    private void value(WorkflowNode node, String name, InputSchema input, @Nullable Object value) {
        if (input.isDynamicCombo()) {
            Optional<DynamicOption> option = input.dynamicOptions().stream()
                    .filter(each -> each.key().equals(value))
                    .findFirst();
            option.ifPresentOrElse(
                    chosen -> inputs(node, name + ".", chosen.inputs()),
                    () -> add(node, name, "has no option \"" + value + "\""));
        } else if (input.isCombo()) {
            for (Object each : elements(value)) {
                if (!input.choices().isEmpty() && !input.choices().contains(each)) {
                    add(node, name, "has no choice \"" + each + "\"");
                }
            }
        } else if (value instanceof Number number) {
            input.min()
                    .filter(min -> compare(number, min) < 0)
                    .ifPresent(min -> add(node, name, value + " is below " + min));
            input.max()
                    .filter(max -> compare(number, max) > 0)
                    .ifPresent(max -> add(node, name, value + " is above " + max));
        } else if (value instanceof String text && input.unionTypes().stream().allMatch(NUMBERS::contains)) {
            number(text)
                    .ifPresentOrElse(
                            number -> value(node, name, input, number),
                            () -> add(node, name, "takes " + input.type() + ", has \"" + value + "\""));
        }
    }

    /** The server takes a number written as text. */
    private static Optional<Number> number(String text) {
        try {
            return Optional.of(new BigDecimal(text.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static List<?> elements(@Nullable Object value) {
        if (value instanceof Map<?, ?> map && map.get("__value__") instanceof List<?> list) {
            return list;
        }
        return value == null ? List.of() : List.of(value);
    }

    private static int compare(Number one, Number other) {
        try {
            return new BigDecimal(one.toString()).compareTo(new BigDecimal(other.toString()));
        } catch (NumberFormatException e) {
            return Double.compare(one.doubleValue(), other.doubleValue()); // infinite, or no number
        }
    }
}
