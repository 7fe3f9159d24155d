package io.github.comfyeks.convert.internal;

import io.github.comfyeks.convert.ConversionProblem.Code;
import io.github.comfyeks.convert.internal.Scope.Held;
import io.github.comfyeks.convert.internal.UiGraph.UiLink;
import io.github.comfyeks.convert.internal.UiNode.Slot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Follows links to where they begin in the prompt: through reroutes, bypassed nodes and the walls of subgraphs. */
final class Links {
    /** How many links in a row lead to no node yet; small, since each is a call in a call. */
    private static final int LONGEST = 500;

    /** Where a walk ends: at an output of a node of the prompt, or at a value that a host promotes. Null: nowhere. */
    sealed interface End permits Source, Promoted {}

    record Source(Scope scope, UiNode node, int slot) implements End {}

    record Promoted(Held held) implements End {}

    private final Findings findings;
    private int steps;

    Links(Findings findings) {
        this.findings = findings;
    }

    /** What the input takes; null if nothing. */
    @Nullable
    End resolve(Scope scope, UiNode node, Slot slot) {
        steps = 0;
        return follow(scope, node, slot, type(scope, node, slot));
    }

    private @Nullable End follow(Scope scope, UiNode node, Slot slot, String type) {
        if (slot.link() == null) {
            return null;
        }
        UiLink link = scope.graph.links.get(slot.link());
        if (link == null) {
            findings.deadLink(scope, node, slot);
            return null;
        }
        return origin(scope, node, slot, link, type);
    }

    private @Nullable End origin(Scope scope, UiNode node, Slot slot, UiLink link, String type) {
        if (++steps > LONGEST) {
            findings.endless(scope, node, slot);
            return null;
        }
        if (link.originId().equals(UiGraph.INPUT_NODE) && scope.parent != null) {
            return outside(scope, link.originSlot(), type);
        }
        UiNode origin = scope.graph.byId.get(link.originId());
        if (origin == null) {
            findings.deadLink(scope, node, slot);
            return null;
        }
        if (origin.type.equals(Primitives.TYPE) || origin.isMuted()) {
            return null;
        }
        if (origin.type.equals("Reroute")) {
            return origin.inputs.isEmpty() ? null : follow(scope, origin, origin.inputs.get(0), type);
        }
        if (origin.isBypassed()) {
            return bypass(scope, origin, link.originSlot(), type);
        }
        if (scope.file.isSetOrGet(origin)) {
            return carried(scope, origin, type);
        }
        if (scope.file.isDefinition(origin.type)) {
            return within(scope.inside(origin), link.originSlot(), type);
        }
        return new Source(scope, origin, link.originSlot());
    }

    /** A GetNode gives what the SetNode of its name takes: of its own graph, or else of the nearest one around it. */
    private @Nullable End carried(Scope scope, UiNode node, String type) {
        if (node.type.equals(FileModel.SET_NODE)) {
            return node.inputs.isEmpty() ? null : follow(scope, node, node.inputs.get(0), type);
        }
        String name = node.carriedName();
        for (Scope around = scope; around != null; around = around.parent) {
            for (UiNode setter : around.graph.nodes) {
                if (setter.type.equals(FileModel.SET_NODE) && name.equals(setter.carriedName())) {
                    return setter.inputs.isEmpty() ? null : follow(around, setter, setter.inputs.get(0), type);
                }
            }
        }
        findings.add(
                Code.DEAD_LINK,
                scope,
                node,
                "no SetNode here or around it has the name \"" + name + "\"; name one so, or remove the GetNode");
        return null;
    }

    private @Nullable End outside(Scope scope, int input, String type) {
        Slot hostSlot = scope.hostSlot(input);
        if (hostSlot != null && hostSlot.link() != null && scope.parent != null && scope.host != null) {
            return follow(scope.parent, scope.host, hostSlot, type);
        }
        Held held = scope.hostValue(input);
        return held == null ? null : new Promoted(held);
    }

    private @Nullable End within(Scope inside, int output, String type) {
        UiLink link = inside.graph.toOutputs.get(output);
        if (link == null || inside.host == null) {
            return null;
        }
        if (link.originId().equals(UiGraph.INPUT_NODE)) {
            findings.straightThrough(inside, inside.host, output);
        }
        return origin(inside, inside.host, new Slot("output " + output, type, null, null), link, type);
    }

    private @Nullable End bypass(Scope scope, UiNode node, int output, String type) {
        List<Slot> inputs = scope.file.slots(node);
        List<String> types =
                inputs.stream().map(slot -> type(scope, node, slot)).toList();
        int through = Bypass.through(types, output, outputType(scope, node, output), type);
        return through < 0 ? null : follow(scope, node, inputs.get(through), types.get(through));
    }

    private static String outputType(Scope scope, UiNode node, int output) {
        var schema = scope.file.schema(node);
        if (schema != null && output < schema.outputs().size()) {
            String type = schema.outputs().get(output).type();
            return type.startsWith("COMFY_") ? node.outputType(output) : type;
        }
        if (scope.file.isDefinition(node.type)) {
            UiGraph inside = scope.file.definition(node.type);
            return output < inside.outputs.size() ? inside.outputs.get(output).type() : node.outputType(output);
        }
        return node.outputType(output);
    }

    /** The type that an input asks for. */
    private String type(Scope scope, UiNode node, Slot slot) {
        var schema = scope.file.schema(node);
        if (schema != null) {
            String group = MatchGroups.of(schema, slot.name());
            if (group != null) {
                return matched(scope, node, slot, group);
            }
        }
        return scope.file.inputType(node, slot);
    }

    /** The type that the other links of its group bring. */
    private String matched(Scope scope, UiNode node, Slot slot, String group) {
        var schema = scope.file.schema(node);
        for (Slot other : node.inputs) {
            if (other.equals(slot)
                    || other.link() == null
                    || schema == null
                    || !group.equals(MatchGroups.of(schema, other.name()))) {
                continue;
            }
            UiLink link = scope.graph.links.get(other.link());
            if (link == null) {
                continue;
            }
            UiNode origin = scope.graph.byId.get(link.originId());
            if (origin == null || origin.type.equals("Reroute")) {
                continue;
            }
            String type = outputType(scope, origin, link.originSlot());
            if (!Bypass.isAny(type)) {
                return type;
            }
        }
        return "*";
    }
}
