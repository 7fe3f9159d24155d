package io.github.comfyeks.validation;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code POST /prompt} would answer, in the server's own terms. Immutable.
 *
 * <p>Where something is wrong that makes the server's code fail, the server stops at that node; which of the nodes behind its
 * other inputs it has looked at by then depends on an order that is another in every server process. The verdict lists those
 * that are certain, and {@link #orderDependent()} the rest.
 *
 * @param status 200, 400, or 500 for graphs that no server answers in words
 * @param error {@code error.type}; empty if all of it, or a part, would run, and with 500
 * @param dropsOutputs whether outputs are dropped while the rest runs
 * @param nodeErrors the objections by node id, as {@code node_errors} has them; with status 200 the server drops the outputs
 *     that need these nodes and runs the rest
 * @param orderDependent nodes of which the server may list more objections
 * @param undecided nodes whose own code has a say; nothing is foretold about that
 */
public record ServerVerdict(
        int status,
        Optional<String> error,
        boolean dropsOutputs,
        Map<String, List<Objection>> nodeErrors,
        Set<String> orderDependent,
        Set<String> undecided) {

    /**
     * One objection to one node.
     *
     * @param type ComfyUI's name of it, such as {@code value_not_in_list}
     * @param input {@code extra_info.input_name}; empty where the server names none
     */
    public record Objection(String type, String input) {}

    public ServerVerdict {
        Map<String, List<Objection>> copy = new LinkedHashMap<>();
        nodeErrors.forEach((id, objections) -> copy.put(id, List.copyOf(objections)));
        nodeErrors = Collections.unmodifiableMap(copy);
        orderDependent = sorted(orderDependent);
        undecided = sorted(undecided);
    }

    private static Set<String> sorted(Collection<String> ids) {
        return Collections.unmodifiableSet(new TreeSet<>(ids));
    }

    /** Whether the server would run all of it. Up to 0.8.0 it can drop an output that is part of a cycle without a word. */
    public boolean isValid() {
        return status == 200 && !dropsOutputs;
    }

    /** Whether the server would drop some outputs and run the rest. */
    public boolean isPartial() {
        return status == 200 && dropsOutputs;
    }
}
