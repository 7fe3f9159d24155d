package io.github.comfyeks.error;

import java.util.List;
import java.util.Map;

/**
 * What ComfyUI's {@code execution_error} says about the node that raised.
 *
 * @param nodeId the node of the submitted graph; empty if the server did not say
 * @param nodeType its class
 * @param exceptionType the Python exception's class, such as {@code torch.OutOfMemoryError}
 * @param exceptionMessage the Python exception's text
 * @param traceback the Python traceback, a line or more an element
 * @param currentInputs the node's inputs as text, by name
 */
public record NodeFailure(
        String nodeId,
        String nodeType,
        String exceptionType,
        String exceptionMessage,
        List<String> traceback,
        Map<String, Object> currentInputs) {

    /** Whether the server ran out of memory, on the GPU or off it. */
    public boolean isOutOfMemory() {
        return exceptionType.endsWith("OutOfMemoryError") || exceptionType.equals("MemoryError");
    }

    /** One line: node, class, exception, message. */
    public String describe() {
        return (nodeId.isEmpty() ? "a node" : "node " + nodeId + " (" + nodeType + ")") + " raised " + exceptionType
                + ": " + exceptionMessage.strip();
    }
}
