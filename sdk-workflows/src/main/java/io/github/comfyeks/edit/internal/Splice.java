package io.github.comfyeks.edit.internal;

import io.github.comfyeks.convert.internal.Bypass;
import io.github.comfyeks.convert.internal.Marks.Place;
import io.github.comfyeks.graph.Node;
import io.github.comfyeks.graph.Output;
import io.github.comfyeks.schema.InputSchema;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.schema.OutputSchema;
import io.github.comfyeks.validation.internal.LiveInputs;
import io.github.comfyeks.workflow.Link;
import io.github.comfyeks.workflow.WorkflowNode;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Changes to which nodes there are and what feeds what. Each answers the next draft. */
public final class Splice {
    private Splice() {}

    /** Puts nodes in that nobody takes from. */
    public static Draft add(Draft draft, Collection<? extends Node> nodes) {
        Change change = new Change(draft);
        nodes.forEach(node -> change.trying(() -> change.adopt(node)));
        return change.done();
    }

    /** Lets every input that takes the first output take the second, except where the second itself comes from. */
    public static Draft rewire(Draft draft, Output<?> from, Output<?> to) {
        Change change = new Change(draft);
        String id = change.idOf(from.node());
        if (id == null) {
            throw Change.refused(from + " is not in the workflow, so nothing takes it");
        }
        Map<Place, Link> links = consumers(change, change.node(id).id());
        Link target = change.link(to);
        Set<String> upstream = upstream(change.nodes, target.nodeId());
        List<Place> fed = links.entrySet().stream()
                .filter(link -> link.getValue().slot() == from.slot())
                .map(Map.Entry::getKey)
                .filter(place -> !upstream.contains(place.nodeId()))
                .toList();
        if (fed.isEmpty()) {
            Set<Integer> slots = links.values().stream().map(Link::slot).collect(Collectors.toCollection(TreeSet::new));
            throw Change.refused(describe(change, id) + ": nothing takes its output " + from.slot()
                    + (slots.isEmpty() ? "" : "; there are takers of " + slots));
        }
        fed.forEach(place -> change.relink(place, target));
        return change.done();
    }

    /** Puts another node in the place of one, under its id. */
    public static Draft replace(Draft draft, String id, Node other) {
        Change change = new Change(draft);
        if (change.idOf(other) != null) {
            throw Change.refused(other + " is in the workflow already; rewire to its outputs instead");
        }
        Map<Place, Link> links = consumers(change, id);
        change.files.keySet().removeIf(place -> place.nodeId().equals(id));
        change.adopt(other, id);
        if (upstream(change.nodes, id).stream().anyMatch(each -> feeds(change, id, each))) {
            throw Change.refused(
                    other + " takes what the node gives that it is to replace; use rewire to put it behind");
        }
        links.forEach(change::relink);
        return change.done();
    }

    private static boolean feeds(Change change, String id, String taker) {
        return change.node(taker).links().values().stream()
                .anyMatch(link -> link.nodeId().equals(id));
    }

    /** Takes a node out and lets what it was fed with pass by, as the page's bypass does. */
    public static Draft remove(Draft draft, String id) {
        Change change = new Change(draft);
        WorkflowNode node = change.node(id);
        draft.bindings().forEach((name, bound) -> {
            if (bound.equals(id)) {
                throw Change.refused(
                        describe(change, id) + " is bound to \"" + name + "\"; bind that to another first");
            }
        });
        consumers(change, id).forEach((place, link) -> change.trying(() -> passBy(change, node, place, link)));
        change.takeOut(id);
        return change.done();
    }

    private static void passBy(Change change, WorkflowNode node, Place taker, Link link) {
        ObjectInfo classes = change.draft().classes();
        Optional<NodeSchema> schema = classes == null ? Optional.empty() : classes.find(node.classType());
        if (classes == null || schema.isEmpty()) {
            change.drop(taker);
            throw Change.refused(describe(change, node.id()) + " feeds " + taker.nodeId() + "." + taker.input()
                    + ": what may pass by it is known with the server's classes only; give them");
        }
        Map<String, String> inputs = inputs(schema.get(), node);
        List<OutputSchema> outputs = schema.get().outputs();
        String given =
                link.slot() < outputs.size() ? plain(outputs.get(link.slot()).type()) : "*";
        Optional<InputSchema> wanted = input(classes, change.node(taker.nodeId()), taker.input());
        int through = Bypass.through(
                List.copyOf(inputs.values()),
                link.slot(),
                given,
                wanted.map(InputSchema::type).map(Splice::plain).orElse("*"));
        Optional<Link> source = through < 0
                ? Optional.empty()
                : node.link(List.copyOf(inputs.keySet()).get(through));
        if (source.isPresent()) {
            change.relink(taker, source.get());
            return;
        }
        change.drop(taker);
        if (wanted.map(InputSchema::isRequired).orElse(true)) {
            throw Change.refused(describe(change, node.id()) + " takes nothing that could pass by it to "
                    + taker.nodeId() + "." + taker.input() + " (" + given + "); rewire that first");
        }
    }

    private static Optional<InputSchema> input(ObjectInfo classes, WorkflowNode node, String name) {
        return classes.find(node.classType()).flatMap(schema -> LiveInputs.find(schema, node.inputs(), name));
    }

    /** Types by name in the page's order: groups first. */
    private static Map<String, String> inputs(NodeSchema schema, WorkflowNode node) {
        Map<String, String> types = new LinkedHashMap<>();
        for (InputSchema input : Bypass.inOrder(schema)) {
            if (!input.isAutogrow() && !input.socketless()) {
                types.put(input.name(), plain(input.type()));
            }
            for (String name : node.inputs().keySet()) {
                if (name.startsWith(input.name() + ".")) {
                    types.put(
                            name,
                            LiveInputs.find(schema, node.inputs(), name)
                                    .map(each -> plain(each.type()))
                                    .orElse("*"));
                }
            }
        }
        return types;
    }

    /** A type that follows others is any. */
    private static String plain(String type) {
        return type.equals("COMFY_MATCHTYPE_V3") ? "*" : type;
    }

    /** Keeps these nodes and what they need. */
    public static Draft only(Draft draft, String id) {
        Change change = new Change(draft);
        Set<String> kept = upstream(change.nodes, id);
        for (String each : List.copyOf(change.nodes.keySet())) {
            if (!kept.contains(each)) {
                change.takeOut(each);
            }
        }
        change.bindings.values().retainAll(kept);
        return change.done();
    }

    /** Puts all of another workflow beside, with what is said of it; ids that are taken become others. */
    public static Draft merge(Draft draft, Draft other) {
        Change change = new Change(draft);
        Set<String> theirs = other.workflow().nodes().keySet();
        change.reserve(theirs);
        Map<String, String> newIds = new LinkedHashMap<>();
        theirs.forEach(id -> newIds.put(id, change.nodes.containsKey(id) ? change.freeId() : id));
        for (WorkflowNode node : other.workflow().nodes().values()) {
            WorkflowNode moved = moved(node, newIds);
            change.nodes.put(moved.id(), moved);
        }
        newIds.forEach((before, after) -> change.became(other.origin(), before, after));
        other.foreign()
                .forEach((origin, became) -> became.forEach((before, id) -> {
                    if (newIds.containsKey(id)) {
                        change.became(origin, before, newIds.get(id));
                    }
                }));
        other.ids().forEach((node, id) -> {
            if (newIds.containsKey(id)) {
                change.became(node, newIds.get(id));
            }
        });
        other.files().forEach((place, file) -> change.files.put(moved(place, newIds), file));
        other.paths().forEach((id, path) -> change.paths.put(newIds.getOrDefault(id, id), path));
        for (ParameterMark mark : other.marks()) {
            List<Place> places =
                    mark.places().stream().map(place -> moved(place, newIds)).toList();
            change.marks.add(new ParameterMark(mark.name(), mark.description(), places, mark.narrowed()));
        }
        other.bindings()
                .forEach((name, id) -> change.trying(() -> {
                    if (change.bindings.putIfAbsent(name, newIds.getOrDefault(id, id)) != null) {
                        throw Change.refused("both workflows bind the name \"" + name + "\"");
                    }
                }));
        return change.done();
    }

    private static Place moved(Place place, Map<String, String> newIds) {
        return new Place(newIds.getOrDefault(place.nodeId(), place.nodeId()), place.input());
    }

    private static WorkflowNode moved(WorkflowNode node, Map<String, String> newIds) {
        Map<String, Object> inputs = new LinkedHashMap<>(node.inputs());
        node.links()
                .forEach((name, link) ->
                        inputs.put(name, new Link(newIds.getOrDefault(link.nodeId(), link.nodeId()), link.slot())));
        return WorkflowNode.of(newIds.getOrDefault(node.id(), node.id()), node.classType(), inputs, node.title());
    }

    // ---- looking around ----

    private static Map<Place, Link> consumers(Change change, String id) {
        Map<Place, Link> consumers = new LinkedHashMap<>();
        change.nodes.values().forEach(node -> node.links().forEach((input, link) -> {
            if (link.nodeId().equals(id)) {
                consumers.put(new Place(node.id(), input), link);
            }
        }));
        return consumers;
    }

    /** The node and all that it needs. */
    private static Set<String> upstream(Map<String, WorkflowNode> nodes, String id) {
        Set<String> seen = new HashSet<>();
        Deque<String> todo = new ArrayDeque<>(List.of(id));
        while (!todo.isEmpty()) {
            String at = todo.pop();
            WorkflowNode node = nodes.get(at);
            if (node != null && seen.add(at)) {
                node.links().values().forEach(link -> todo.push(link.nodeId()));
            }
        }
        return seen;
    }

    private static String describe(Change change, String id) {
        return new Addresses(change.draft()).describe(change.node(id));
    }
}
