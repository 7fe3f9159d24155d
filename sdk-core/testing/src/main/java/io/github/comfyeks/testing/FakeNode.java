package io.github.comfyeks.testing;

/**
 * A script for a node class: runs on the server's worker thread in the place of the class's own behaviour.
 *
 * <p>{@code (node) -> node.runNormally()} changes nothing; {@code (node) -> node.fail("RuntimeError", "no")} fails.
 */
@FunctionalInterface
public interface FakeNode {
    /** Runs the node. An exception of any kind makes the run fail with its message. */
    void run(FakeNodeRun node) throws Exception;
}
