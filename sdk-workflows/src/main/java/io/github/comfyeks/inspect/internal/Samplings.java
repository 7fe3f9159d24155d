package io.github.comfyeks.inspect.internal;

import io.github.comfyeks.inspect.Sampling;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.OutputSchema;
import io.github.comfyeks.workflow.Link;
import io.github.comfyeks.workflow.Workflow;
import io.github.comfyeks.workflow.WorkflowNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Finds the samplers of a workflow, and follows the links of each back to what says how many steps there are and how large the
 * picture is. A sampler is what takes a latent and gives one, with {@code steps} of its own or with {@code sigmas}.
 */
public final class Samplings {
    /** No graph that makes sense is deeper; one in a circle is. */
    private static final int DEEPEST = 1_000;

    private static final String LATENT = "LATENT";

    private final Workflow graph;
    private final Map<String, NodeSchema> classes;

    private Samplings(Workflow graph, Map<String, NodeSchema> classes) {
        this.graph = graph;
        this.classes = classes;
    }

    /** In the graph's order. */
    public static List<Sampling> of(Workflow graph, Map<String, NodeSchema> classes) {
        Samplings samplings = new Samplings(graph, classes);
        List<Sampling> found = new ArrayList<>();
        for (WorkflowNode node : graph.nodes().values()) {
            Optional<Link> latent = samplings.linked(node, Set.of(LATENT));
            boolean counts =
                    node.inputs().containsKey("steps") || node.link("sigmas").isPresent();
            if (latent.isPresent() && counts && samplings.gives(node, LATENT)) {
                found.add(new Sampling(
                        node.id(),
                        node.title(),
                        node.classType(),
                        samplings.steps(node),
                        samplings.megapixels(latent.get())));
            }
        }
        return found;
    }

    private OptionalInt steps(WorkflowNode node) {
        Set<String> seen = new HashSet<>();
        Optional<WorkflowNode> at = Optional.of(node);
        while (at.isPresent() && seen.add(at.get().id()) && !at.get().inputs().containsKey("steps")) {
            at = at.get().link("sigmas").flatMap(this::source);
        }
        return at.map(counting -> number(counting, "steps").map(steps -> steps(counting, steps.intValue())))
                .flatMap(steps -> steps)
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }

    /** Some samplers do a part of the steps only. */
    private int steps(WorkflowNode node, int steps) {
        int start = number(node, "start_at_step").map(Number::intValue).orElse(0);
        int end = number(node, "end_at_step").map(Number::intValue).orElse(steps);
        return Math.max(0, Math.min(end, steps) - Math.max(0, start));
    }

    private OptionalDouble megapixels(Link latent) {
        double factor = 1e-6;
        Optional<Link> at = Optional.of(latent);
        for (int depth = 0; depth < DEEPEST && at.isPresent(); depth++) {
            Optional<WorkflowNode> source = at.flatMap(this::source);
            if (source.isEmpty()) {
                break;
            }
            WorkflowNode node = source.get();
            factor *= factor(node, "batch_size");
            factor *= gives(node, LATENT) ? factor(node, "amount") : 1;
            if (node.inputs().containsKey("width") && node.inputs().containsKey("height")) {
                return known(factor * factor(node, "length") * factor(node, "width") * factor(node, "height"));
            }
            if (node.inputs().containsKey("megapixels")) {
                return known(factor * 1e6 * factor(node, "megapixels"));
            }
            double scale = factor(node, "scale_by");
            factor *= scale * scale;
            at = linked(node, Set.of(LATENT)).or(() -> linked(node, Set.of("IMAGE")));
        }
        return OptionalDouble.empty();
    }

    /** What an input multiplies by: 1 if the node has none such, NaN if nothing tells. */
    private double factor(WorkflowNode node, String input) {
        return node.inputs().containsKey(input)
                ? number(node, input).map(Number::doubleValue).orElse(Double.NaN)
                : 1;
    }

    private static OptionalDouble known(double number) {
        return Double.isNaN(number) ? OptionalDouble.empty() : OptionalDouble.of(number);
    }

    private Optional<Number> number(WorkflowNode node, String input) {
        return literal(node, input, DEEPEST).filter(Number.class::isInstance).map(Number.class::cast);
    }

    /** The literal at an input, or at the primitive node that feeds it, also through a switch whose position is known. */
    private Optional<Object> literal(WorkflowNode node, String input, int deepest) {
        WorkflowNode at = node;
        String name = input;
        for (int left = deepest; left > 0; left--) {
            Optional<Link> link = at.link(name);
            if (link.isEmpty()) {
                return Optional.ofNullable(at.inputs().get(name));
            }
            Optional<WorkflowNode> source = link.flatMap(this::source);
            if (source.isEmpty()) {
                break;
            }
            at = source.get();
            name = "value";
            if (at.classType().equals("ComfySwitchNode")) {
                Optional<Object> position = literal(at, "switch", left - 1);
                name = position.map(on -> Boolean.TRUE.equals(on) ? "on_true" : "on_false")
                        .orElse("");
            }
        }
        return Optional.empty();
    }

    private Optional<WorkflowNode> source(Link link) {
        return graph.find(link.nodeId());
    }

    private boolean gives(WorkflowNode node, String type) {
        NodeSchema schema = classes.get(node.classType());
        return schema != null
                && schema.outputs().stream().map(OutputSchema::type).anyMatch(type::equals);
    }

    /** The first link from an output of one of these types. */
    private Optional<Link> linked(WorkflowNode node, Set<String> types) {
        return node.links().values().stream()
                .filter(link -> source(link)
                        .map(from -> classes.get(from.classType()))
                        .filter(schema -> link.slot() >= 0
                                && link.slot() < schema.outputs().size())
                        .filter(schema ->
                                types.contains(schema.outputs().get(link.slot()).type()))
                        .isPresent())
                .findFirst();
    }
}
