package io.github.comfyeks.error;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The server refused the workflow, wholly (400) or in part (200 with {@code node_errors}): nothing of it runs, unless the
 * caller chose to let the valid outputs run.
 */
public final class WorkflowRejectedException extends ComfyException {
    private static final long serialVersionUID = 1L;

    private final String type;
    private final transient List<NodeError> nodeErrors;

    /**
     * @param type ComfyUI's {@code error.type}, such as {@code prompt_outputs_failed_validation}
     * @param summary the server's own sentence and details
     */
    public WorkflowRejectedException(String type, String summary, List<NodeError> nodeErrors) {
        super(message(type, summary, nodeErrors), null);
        this.type = type;
        this.nodeErrors = List.copyOf(nodeErrors);
    }

    private static String message(String type, String summary, List<NodeError> nodeErrors) {
        if (nodeErrors.isEmpty()) {
            return "the server refused the workflow: " + summary + " [" + type + ", POST /prompt]";
        }
        if (nodeErrors.size() == 1) {
            return nodeErrors.get(0).describe() + " [POST /prompt]";
        }
        return "the server refused the workflow for " + nodeErrors.size() + " reasons [POST /prompt]"
                + nodeErrors.stream().map(NodeError::describe).collect(Collectors.joining("\n  - ", "\n  - ", ""));
    }

    /** ComfyUI's {@code error.type}; {@code node_errors} if the server accepted the rest with 200. */
    public String type() {
        return type;
    }

    /** Every objection, ordered by node id and input; empty if the server named no node. */
    public List<NodeError> nodeErrors() {
        return nodeErrors;
    }
}
