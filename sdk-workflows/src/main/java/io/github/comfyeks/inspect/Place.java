package io.github.comfyeks.inspect;

/**
 * Where in a workflow something stands. Immutable.
 *
 * @param nodeId the node
 * @param title what the node is called in the editor; empty if it has no name of its own
 * @param classType the node's class
 * @param input the input's name as it is sent
 */
public record Place(String nodeId, String title, String classType, String input) {
    /** As an address: id and input. */
    @Override
    public String toString() {
        return nodeId + "." + input;
    }
}
