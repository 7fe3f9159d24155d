package io.github.comfyeks.execution;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How far a run is, as a snapshot.
 *
 * @param fraction of the whole run, 0 to 1, never falling: nodes weighted by their steps, cached ones counted as done
 * @param nodeId the node at work, if one is
 * @param value its steps done
 * @param max its steps; 0 if unknown
 * @param nodesDone nodes finished or cached
 * @param nodesTotal nodes that the run needs
 * @param queuePosition while it waits, how many prompts run before it, if the server was asked
 */
public record Progress(
        double fraction,
        Optional<String> nodeId,
        double value,
        double max,
        int nodesDone,
        int nodesTotal,
        OptionalInt queuePosition) {}
