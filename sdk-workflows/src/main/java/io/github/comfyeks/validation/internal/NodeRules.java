package io.github.comfyeks.validation.internal;

import io.github.comfyeks.schema.InputSchema;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.schema.OutputSchema;
import io.github.comfyeks.validation.Problem;
import io.github.comfyeks.validation.ProblemCode;
import io.github.comfyeks.validation.internal.LiveInputs.Live;
import io.github.comfyeks.validation.internal.OwnChecks.OwnCheck;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at one node of a graph whose classes are all known. */
final class NodeRules {
    private final Map<String, RawNode> graph;
    private final ObjectInfo info;
    private final NodeSchema schema;
    private final Map<String, @Nullable Object> sent;
    private final Behaviour behaviour;
    private final @Nullable OwnCheck own;
    private final Lint lint;
    private final ValueRules values;
    private final List<Step> steps = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> sources = new HashSet<>();
    private boolean undecided;

    private NodeRules(
            RawNode node,
            Map<String, @Nullable Object> sent,
            NodeSchema schema,
            Map<String, RawNode> graph,
            ObjectInfo info,
            Settings settings) {
        this.sent = sent;
        this.schema = schema;
        this.graph = graph;
        this.info = info;
        this.behaviour = settings.behaviour();
        this.own = OwnChecks.of(schema);
        Findings findings = new Findings(node, problems, OwnChecks.isKnown(schema));
        this.lint = new Lint(findings, schema, settings);
        this.values = new ValueRules(findings, settings);
    }

    static NodeAnalysis analyse(
            RawNode node, NodeSchema schema, Map<String, RawNode> graph, ObjectInfo info, Settings settings) {
        Map<String, @Nullable Object> sent = node.inputs();
        if (sent == null) {
            List<Problem> problems = new ArrayList<>();
            new Findings(node, problems, true)
                    .error(ProblemCode.MISSING_INPUT, "", null, null, "has no inputs; write \"inputs\": {}");
            return new NodeAnalysis(List.of(new Step.Crashes("")), problems, Set.of(), false, false);
        }
        return new NodeRules(node, sent, schema, graph, info, settings).all(settings);
    }

    private NodeAnalysis all(Settings settings) {
        LiveInputs live = new LiveInputs(schema, sent, settings.behaviour());
        for (Live input : live.inputs) {
            if (!sent.containsKey(input.name())) {
                missing(input);
            } else if (sent.get(input.name()) instanceof List<?> link) {
                link(input, link);
            } else {
                literal(input);
            }
        }
        undecided |= own != null && sent.containsKey(own.input()) && ownHasSay(own);
        Optional<String> failure = own == null ? Optional.empty() : OwnChecks.failure(own, sent);
        if (own != null && failure.isPresent()) {
            lint.ownCheckFails(own.input(), sent.get(own.input()), failure.get());
        }
        lint.node(live, sent);
        return new NodeAnalysis(steps, problems, sources, undecided, failure.isPresent());
    }

    private boolean ownHasSay(OwnCheck check) {
        return schema.input(check.input())
                .map(input -> !(sent.get(check.input()) instanceof List<?>)
                        && !Python.in(ValueRules.unwrap(sent.get(check.input())), input.choices()))
                .orElse(true);
    }

    private void missing(Live input) {
        if (input.required()) {
            steps.add(new Step.Fails(input.name(), "required_input_missing"));
            lint.missing(input);
        }
    }

    private void link(Live input, List<?> link) {
        if (link.size() != 2) {
            steps.add(new Step.Fails(input.name(), "bad_linked_input"));
            lint.badLink(input.name(), link);
            return;
        }
        RawNode source = link.get(0) instanceof String id ? graph.get(id) : null;
        if (source == null) {
            steps.add(new Step.Crashes(input.name()));
            lint.deadLink(input.name(), link, graph);
            return;
        }
        sources.add(source.id());
        NodeSchema from = info.find(source.className()).orElse(null);
        if (from == null) {
            return; // what it gives is not known; the graph is refused for it anyway
        }
        OutputSchema output = output(from, link.get(1));
        if (output == null) {
            steps.add(new Step.Crashes(input.name()));
            lint.deadSlot(input.name(), link, source, from);
            return;
        }
        lint.slot(input.name(), link, output);
        boolean fits = Types.feeds(output, input.schema());
        if (!fits && !OwnChecks.checksLinks(schema)) {
            steps.add(new Step.Fails(input.name(), "return_type_mismatch"));
            lint.wrongType(input, link, source, output);
            return;
        }
        if (!fits) {
            undecided = true;
            lint.nodeDecides(input.name(), link);
        }
        undecided |=
                behaviour == Behaviour.OLD && Types.isPlainAny(output, input.schema()) && !OwnChecks.isKnown(schema);
        steps.add(new Step.Follows(input.name(), source.id()));
    }

    /** As Python's tuples: a boolean is 0 or 1, a negative slot counts from the end. */
    private static @Nullable OutputSchema output(NodeSchema from, @Nullable Object slot) {
        int size = from.outputs().size();
        long index;
        if (slot instanceof Boolean flag) {
            index = flag ? 1 : 0;
        } else if (slot instanceof Number number && Python.isWhole(slot)) {
            index = number.longValue();
            if (!String.valueOf(index).equals(String.valueOf(slot))) {
                return null;
            }
        } else {
            return null;
        }
        long at = index < 0 ? size + index : index;
        return at < 0 || at >= size ? null : from.outputs().get((int) at);
    }

    private void literal(Live input) {
        Object value = ValueRules.unwrap(sent.get(input.name()));
        boolean ownInput = own != null && own.input().equals(input.name());
        boolean unchecked = behaviour == Behaviour.OLD && OwnChecks.wasUnchecked(schema, input.name());
        Step step = unchecked ? null : values.check(input, value, ownInput);
        if (step != null) {
            steps.add(step);
            if (input.schema().isCombo()) {
                lint.model(input.name(), value);
            }
        } else {
            lint.value(input, value, sent.get(input.name()));
        }
        if (ownInput && step == null && !isChoice(input.schema(), value)) {
            lint.nodeDecides(input.name(), value);
        }
    }

    private static boolean isChoice(InputSchema schema, @Nullable Object value) {
        return Python.in(value, schema.choices());
    }
}
