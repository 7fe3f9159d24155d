package io.github.comfyeks.validation.internal;

import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.validation.Problem;
import io.github.comfyeks.validation.ProblemCode;
import io.github.comfyeks.validation.ServerVerdict;
import io.github.comfyeks.workflow.Workflow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks one graph: first whether the server can read it and knows its classes, then every node, then as the server does. */
public final class GraphCheck {
    private final Map<String, RawNode> graph;
    private final ObjectInfo info;
    private final Settings settings;
    private final @Nullable Collection<String> targets;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> needed = new HashSet<>();
    private final List<String> outputs = new ArrayList<>();

    private GraphCheck(
            Map<String, RawNode> graph, ObjectInfo info, Settings settings, @Nullable Collection<String> targets) {
        this.graph = graph;
        this.info = info;
        this.settings = settings;
        this.targets = targets;
    }

    /**
     * What was found.
     *
     * @param problems errors and warnings as they were found: those of nodes that nothing needs are errors here too
     * @param needed the nodes that some output needs
     */
    public record Found(List<Problem> problems, Set<String> needed, ServerVerdict verdict) {}

    /** @param targets {@code partial_execution_targets}; null for all outputs */
    public static Found check(
            Map<String, ?> graph, ObjectInfo info, Settings settings, @Nullable Collection<String> targets) {
        return new GraphCheck(RawNode.all(graph), info, settings, targets).run();
    }

    /** @param targets {@code partial_execution_targets}; null for all outputs */
    public static Found check(
            Workflow workflow, ObjectInfo info, Settings settings, @Nullable Collection<String> targets) {
        return new GraphCheck(RawNode.all(workflow), info, settings, targets).run();
    }

    private Found run() {
        boolean unreadable = graph.values().stream().filter(this::isUnreadable).count() > 0;
        Optional<Refusal> refusal = classes();
        graph.values().forEach(this::findOutput);
        Map<String, NodeAnalysis> nodes = analyse();
        outputs.forEach(output -> need(output, nodes));
        if (unreadable) {
            return refused(500, Optional.empty());
        }
        if (refusal.isPresent()) {
            return refused(refusal.get().status(), refusal.get().error());
        }
        if (outputs.isEmpty()) {
            noOutput();
            return refused(400, Optional.of("prompt_no_outputs"));
        }
        return walk(nodes);
    }

    private Found refused(int status, Optional<String> error) {
        unneeded();
        return new Found(problems, needed, new ServerVerdict(status, error, false, Map.of(), Set.of(), Set.of()));
    }

    private Found walk(Map<String, NodeAnalysis> nodes) {
        ServerWalk walk = new ServerWalk(nodes, settings.behaviour());
        walk.outputs(outputs);
        walk.cycles().forEach(this::cycle);
        unneeded();
        Set<String> undecided = new HashSet<>();
        nodes.forEach((id, node) -> {
            if (node.undecided() && needed.contains(id)) {
                undecided.add(id);
            }
        });
        if (settings.behaviour() == Behaviour.OLD) {
            undecided.addAll(feeding(undecided, nodes)); // a link that it refuses is not followed
        }
        if (!settings.behaviour().namesCycles()) {
            walk.cycles().forEach(cycle -> undecided.addAll(besides(cycle, nodes)));
        }
        return new Found(
                problems,
                needed,
                new ServerVerdict(
                        walk.anyGood() ? 200 : 400,
                        walk.anyGood() ? Optional.empty() : Optional.of("prompt_outputs_failed_validation"),
                        walk.anyGood() && walk.anyBad(),
                        walk.nodeErrors(),
                        walk.orderDependent(),
                        undecided));
    }

    /**
     * What an older server may or may not object to because of a cycle. It runs round until its interpreter's stack is full: it may
     * then fail at any node that feeds the cycle from outside, and it meets those of the cycle again, with lists unwrapped that were
     * values the first time.
     */
    private Set<String> besides(List<String> cycle, Map<String, NodeAnalysis> nodes) {
        Set<String> found = feeding(cycle, nodes);
        for (String id : cycle) {
            RawNode node = graph.get(id);
            Map<String, @Nullable Object> inputs = node == null ? null : node.inputs();
            if (inputs == null
                    || inputs.values().stream()
                            .noneMatch(value -> value instanceof Map<?, ?> map && map.containsKey("__value__"))) {
                found.remove(id);
            }
        }
        return found;
    }

    /** All that these nodes need. */
    private static Set<String> feeding(Collection<String> ids, Map<String, NodeAnalysis> nodes) {
        Set<String> found = new HashSet<>();
        List<String> todo = new ArrayList<>(ids);
        while (!todo.isEmpty()) {
            NodeAnalysis node = nodes.get(todo.remove(todo.size() - 1));
            if (node != null) {
                node.sources().stream().filter(found::add).forEach(todo::add);
            }
        }
        return found;
    }

    private record Refusal(int status, Optional<String> error) {}

    /** What newer servers fail on before they look at anything else. */
    private boolean isUnreadable(RawNode node) {
        if (!node.isNode() || !node.namesClass()) {
            return false;
        }
        boolean unhashable = node.classType() instanceof List<?> || node.classType() instanceof Map<?, ?>;
        if (unhashable) {
            findings(node)
                    .error(
                            ProblemCode.MALFORMED_NODE,
                            "",
                            node.classType(),
                            null,
                            "has a class_type that is no text but " + Words.kind(node.classType()));
        } else if (node.badInputs()) {
            findings(node).error(ProblemCode.MALFORMED_NODE, "", null, null, "has inputs that are no object");
        }
        return unhashable || node.badInputs();
    }

    /** The first that the server stumbles upon decides. */
    private Optional<Refusal> classes() {
        Optional<Refusal> first = Optional.empty();
        for (RawNode node : graph.values()) {
            Refusal here = null;
            if (!node.isNode()) {
                findings(node).error(ProblemCode.MALFORMED_NODE, "", null, null, "is no object");
                here = new Refusal(500, Optional.empty());
            } else if (!node.namesClass()) {
                findings(node).error(ProblemCode.UNKNOWN_CLASS, "", null, null, "has no class_type");
                here = unknownClass();
            } else if (info.find(node.className()).isEmpty()) {
                unknownClass(node);
                here = unknownClass();
            }
            if (first.isEmpty() && here != null) {
                first = Optional.of(here);
            }
        }
        return first;
    }

    private Refusal unknownClass() {
        return new Refusal(400, Optional.of(settings.behaviour().unknownClass()));
    }

    private void unknownClass(RawNode node) {
        String name = node.className();
        List<String> nearest = info.nearest(name, 3);
        StringBuilder what = new StringBuilder("the server has no class ").append(Words.show(node.classType()));
        Optional<NodeSchema> elsewhere = settings.others().stream()
                .flatMap(other -> other.find(name).stream())
                .findFirst();
        elsewhere.ifPresent(
                other -> what.append("; another given server has it from ").append(other.pythonModule()));
        if (elsewhere.isEmpty() && !name.isEmpty()) {
            what.append("; install the custom node that brings it, or mend the name");
        }
        nearest.stream()
                .findFirst()
                .flatMap(info::find)
                .filter(near -> near.pythonModule().startsWith("custom_nodes"))
                .ifPresent(near -> what.append("; ")
                        .append(near.classType())
                        .append(" is of ")
                        .append(near.pythonModule()));
        findings(node).errorNear(ProblemCode.UNKNOWN_CLASS, "", node.classType(), nearest, "is broken: " + what);
    }

    private Findings findings(RawNode node) {
        return new Findings(node, problems, true);
    }

    private void findOutput(RawNode node) {
        boolean output = info.find(node.className()).map(NodeSchema::outputNode).orElse(false);
        if (output && (targets == null || targets.contains(node.id()))) {
            outputs.add(node.id());
        }
    }

    private void need(String output, Map<String, NodeAnalysis> nodes) {
        List<String> todo = new ArrayList<>(List.of(output));
        while (!todo.isEmpty()) {
            String id = todo.remove(todo.size() - 1);
            NodeAnalysis node = nodes.get(id);
            if (needed.add(id) && node != null) {
                todo.addAll(node.sources());
            }
        }
    }

    /** All nodes whose class is known, also where the server would not get so far. */
    private Map<String, NodeAnalysis> analyse() {
        Map<String, NodeAnalysis> nodes = new LinkedHashMap<>();
        for (RawNode node : graph.values()) {
            Optional<NodeSchema> schema = info.find(node.className());
            if (schema.isPresent() && !node.badInputs()) {
                NodeAnalysis analysis = NodeRules.analyse(node, schema.get(), graph, info, settings);
                nodes.put(node.id(), analysis);
                problems.addAll(analysis.problems());
            }
        }
        return nodes;
    }

    private void noOutput() {
        String why = graph.isEmpty()
                ? "the workflow has no nodes"
                : targets == null
                        ? "no node of the workflow is an output node, such as SaveImage or PreviewImage"
                        : "none of the targets " + targets + " is an output node of the workflow";
        problems.add(
                new Problem(ProblemCode.NO_OUTPUT_NODE, true, "", "", "", "", null, null, 0, List.of(), true, why));
    }

    private void cycle(List<String> cycle) {
        RawNode first = graph.get(cycle.get(0));
        if (first != null) {
            List<String> path = new ArrayList<>(cycle);
            path.add(cycle.get(0));
            findings(first)
                    .error(
                            ProblemCode.CYCLE,
                            "",
                            cycle,
                            null,
                            "waits for itself: each of these needs the next: " + String.join(" -> ", path));
        }
    }

    private void unneeded() {
        for (RawNode node : graph.values()) {
            if (!outputs.isEmpty() && !needed.contains(node.id())) {
                findings(node)
                        .warning(
                                ProblemCode.FEEDS_NOTHING,
                                "",
                                null,
                                null,
                                "feeds no output node; the server neither checks nor runs it");
            }
        }
    }
}
