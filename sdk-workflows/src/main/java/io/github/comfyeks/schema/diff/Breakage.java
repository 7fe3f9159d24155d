package io.github.comfyeks.schema.diff;

/**
 * What a move breaks in one node of a workflow. Immutable.
 *
 * @param nodeId the node
 * @param classType its class
 * @param input the input as the workflow names it; empty if it is about the node
 * @param text in words
 */
public record Breakage(String nodeId, String classType, String input, String text) {
    /** {@code node 3 (KSampler) seed: …}. */
    @Override
    public String toString() {
        return "node " + nodeId + " (" + classType + ")" + (input.isEmpty() ? "" : " " + input) + ": " + text;
    }
}
