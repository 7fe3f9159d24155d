package io.github.comfyeks.convert;

import io.github.comfyeks.convert.ConversionProblem.Severity;
import io.github.comfyeks.error.WorkflowInvalidException;
import io.github.comfyeks.workflow.Workflow;
import java.util.List;
import java.util.Map;

/**
 * What a file became. Immutable.
 *
 * @param prompt node id → {@code {inputs, class_type, _meta}}, as the page exports it; with errors among the problems it may be what
 *     no server takes
 * @param problems all that was met on the way; after a strict conversion only warnings
 */
public record Conversion(Map<String, Object> prompt, List<ConversionProblem> problems) {
    /** The problems of one severity. */
    public List<ConversionProblem> problems(Severity severity) {
        return problems.stream()
                .filter(problem -> problem.severity() == severity)
                .toList();
    }

    /**
     * As a workflow that can be queued.
     *
     * @throws WorkflowInvalidException if the prompt is none, such as with a node of unknown class
     */
    public Workflow workflow() {
        return Workflow.of(prompt);
    }
}
