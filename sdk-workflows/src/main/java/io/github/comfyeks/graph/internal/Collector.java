package io.github.comfyeks.graph.internal;

import io.github.comfyeks.graph.Node;
import io.github.comfyeks.graph.Output;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Finds what a graph consists of: depth first by inputs in their order, without recursion, for a chain may be long. */
public final class Collector {
    private record Visit(Node node, Iterator<Node> needs) {
        Visit(Node node) {
            this(
                    node,
                    node.inputs().values().stream()
                            .filter(Output.class::isInstance)
                            .map(value -> ((Output<?>) value).node())
                            .iterator());
        }
    }

    private Collector() {}

    /** The nodes and all that they need, each after its needs. A cycle cannot be: a node is made of those before it. */
    public static List<Node> collect(Collection<? extends Node> roots) {
        return collect(roots, node -> true);
    }

    /** The same without the nodes that are not wanted, and without what only those need. */
    public static List<Node> collect(Collection<? extends Node> roots, Predicate<Node> wanted) {
        List<Node> done = new ArrayList<>();
        Set<Node> seen = new HashSet<>();
        Deque<Visit> path = new ArrayDeque<>();
        for (Node root : roots) {
            if (wanted.test(root) && seen.add(root)) {
                path.push(new Visit(root));
            }
            while (!path.isEmpty()) {
                Visit at = path.peek();
                if (!at.needs.hasNext()) {
                    done.add(path.pop().node);
                    continue;
                }
                Node need = at.needs.next();
                if (wanted.test(need) && seen.add(need)) {
                    path.push(new Visit(need));
                }
            }
        }
        return Collections.unmodifiableList(done);
    }
}
