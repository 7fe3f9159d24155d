package io.github.comfyeks.workflow;

/**
 * A connection: the input takes what the other node gives out at this slot. In ComfyUI's JSON it is {@code ["4", 0]}.
 *
 * @param nodeId the node that gives
 * @param slot which of its outputs, from 0
 */
public record Link(String nodeId, int slot) {
    public Link {
        if (slot < 0) {
            throw new IllegalArgumentException("an output slot counts from 0, got " + slot + " of node " + nodeId);
        }
    }

    @Override
    public String toString() {
        return nodeId + ":" + slot;
    }
}
