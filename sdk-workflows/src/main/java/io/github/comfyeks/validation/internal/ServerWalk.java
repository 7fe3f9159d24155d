package io.github.comfyeks.validation.internal;

import io.github.comfyeks.validation.ServerVerdict.Objection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Goes through a graph as the server does: from each output node upwards, every node once, what is known of a node is not found
 * again. A node at which the server's code fails is given up on; that is filed under it by whoever it feeds.
 *
 * <p>The inputs of a node are taken in an order that the server's process makes up. Here the links come after what fails, so
 * that only those nodes are visited which are visited in any order.
 */
final class ServerWalk {
    private static final Objection CRASH = new Objection("exception_during_validation", "");
    private static final Objection CYCLE = new Objection("dependency_cycle", "");

    private record Known(boolean valid, List<Objection> objections) {}

    /** The server's code fails here. */
    private static final class Crash extends Exception {
        private static final long serialVersionUID = 1L;

        Crash() {
            super("", null, false, false);
        }
    }

    private final Map<String, NodeAnalysis> nodes;
    private final Behaviour behaviour;
    private final Map<String, Known> known = new LinkedHashMap<>();
    private final Map<String, List<Objection>> nodeErrors = new LinkedHashMap<>();
    private final Set<String> orderDependent = new LinkedHashSet<>();
    private final List<List<String>> cycles = new ArrayList<>();
    private boolean anyGood;
    private boolean anyBad;

    ServerWalk(Map<String, NodeAnalysis> nodes, Behaviour behaviour) {
        this.nodes = nodes;
        this.behaviour = behaviour;
    }

    void outputs(Iterable<String> outputs) {
        for (String output : outputs) {
            boolean good;
            try {
                good = check(output, new ArrayList<>()).valid();
            } catch (Crash crash) {
                known.put(output, new Known(false, List.of(CRASH)));
                good = false;
            }
            if (good) {
                anyGood = true;
            } else {
                anyBad = true;
                known.forEach((id, each) -> {
                    if (!each.valid() && !each.objections().isEmpty()) {
                        nodeErrors.putIfAbsent(id, each.objections());
                    }
                });
            }
        }
    }

    /** Whether an output can run. */
    boolean anyGood() {
        return anyGood;
    }

    /** Whether an output cannot. */
    boolean anyBad() {
        return anyBad;
    }

    Map<String, List<Objection>> nodeErrors() {
        return nodeErrors;
    }

    Set<String> orderDependent() {
        orderDependent.removeAll(nodeErrors.keySet());
        return orderDependent;
    }

    /** Each cycle once, its nodes in the order in which they feed on one another. */
    List<List<String>> cycles() {
        return cycles;
    }

    private Known check(String id, List<String> visiting) throws Crash {
        Known earlier = known.get(id);
        if (earlier != null) {
            return earlier;
        }
        if (visiting.contains(id)) {
            return cycle(id, visiting);
        }
        NodeAnalysis node = nodes.get(id);
        if (node == null) {
            throw new IllegalStateException("not analysed: " + id);
        }
        if (node.steps().stream().anyMatch(Step.Crashes.class::isInstance)) {
            node.steps().forEach(step -> {
                if (step instanceof Step.Follows link) {
                    perhaps(link.from());
                }
            });
            throw new Crash();
        }
        visiting.add(id);
        List<Objection> objections = new ArrayList<>();
        boolean valid = follow(node, visiting, objections);
        visiting.remove(visiting.size() - 1);
        if (node.crashesAtEnd()) {
            throw new Crash();
        }
        Known before = known.get(id); // a cycle through it has been filed meanwhile
        if (before != null) {
            objections.addAll(0, before.objections());
        }
        Known now = new Known(before == null && valid && objections.isEmpty(), List.copyOf(objections));
        known.put(id, now);
        return now;
    }

    private boolean follow(NodeAnalysis node, List<String> visiting, List<Objection> objections) {
        boolean valid = true;
        for (Step step : node.steps()) {
            if (step instanceof Step.Fails fails) {
                objections.add(new Objection(fails.type(), fails.input()));
            } else if (step instanceof Step.Follows link) {
                try {
                    valid &= check(link.from(), visiting).valid();
                } catch (Crash crash) {
                    Objection inner = new Objection("exception_during_inner_validation", link.input());
                    known.put(link.from(), new Known(false, List.of(inner)));
                    valid = false;
                }
            }
        }
        return valid;
    }

    private Known cycle(String id, List<String> visiting) {
        List<String> nodesOfIt = List.copyOf(visiting.subList(visiting.indexOf(id), visiting.size()));
        cycles.add(nodesOfIt);
        if (!behaviour.namesCycles()) {
            return new Known(false, List.of());
        }
        Known found = new Known(false, List.of(CYCLE));
        nodesOfIt.forEach(each -> known.put(each, found));
        return found;
    }

    /** Nodes that the server may or may not have looked at. */
    private void perhaps(String id) {
        NodeAnalysis node = nodes.get(id);
        if (node == null || !orderDependent.add(id)) {
            return;
        }
        node.steps().forEach(step -> {
            if (step instanceof Step.Follows link) {
                perhaps(link.from());
            }
        });
    }
}
