package io.github.comfyeks.testing;

import java.util.List;

/**
 * What happened to one prompt id over the life of the server, across restarts. Immutable.
 *
 * @param promptId the id
 * @param queued how often it was accepted
 * @param started how often the worker took it
 * @param ended how often it ended: in success, failure or by an interrupt; not when the server died meanwhile
 * @param executedNodes the ids of the nodes that were really run, in order; cached ones are missing
 */
public record RunCount(String promptId, int queued, int started, int ended, List<String> executedNodes) {
    public RunCount {
        executedNodes = List.copyOf(executedNodes);
    }
}
