package io.github.comfyeks.testing.internal.nodes;

import io.github.comfyeks.testing.internal.nodes.Interrupts.InterruptedRunException;

/** What a node class does when it runs. */
@FunctionalInterface
public interface NodeCode {
    NodeResult run(NodeCall call) throws NodeFailure, InterruptedRunException;
}
