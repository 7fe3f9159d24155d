package io.github.comfyeks.convert;

import io.github.comfyeks.error.WorkflowInvalidException;
import io.github.comfyeks.workflow.Workflow;
import java.util.List;
import java.util.Map;

/**
 * What a file became. Immutable.
 *
 * @param prompt node id → {@code {inputs, class_type, _meta}}, as the page exports it; with problems it may be what no server takes
 * @param problems all that was met on the way; empty after a strict conversion
 */
public record Conversion(Map<String, Object> prompt, List<ConversionProblem> problems) {
    /**
     * As a workflow that can be queued.
     *
     * @throws WorkflowInvalidException if the prompt is none, such as with a node of unknown class
     */
    public Workflow workflow() {
        return Workflow.of(prompt);
    }
}
