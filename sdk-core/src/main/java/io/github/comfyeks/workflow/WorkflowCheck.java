package io.github.comfyeks.workflow;

import io.github.comfyeks.error.WorkflowInvalidException;
import io.github.comfyeks.schema.ObjectInfo;
import java.util.List;

/**
 * Checks a workflow against what a server knows, before it is sent. Found by {@link java.util.ServiceLoader}: with
 * {@code comfyeks-workflows} on the path its validator is one. Must be thread-safe.
 */
@FunctionalInterface
public interface WorkflowCheck {
    /**
     * How the workflow is going to be queued.
     *
     * @param targets {@code partial_execution_targets}; empty for all outputs
     * @param acceptPartial whether it is all right that the server drops invalid outputs and runs the rest
     * @param serverVersion ComfyUI's version; empty if it is not known
     */
    record Conditions(List<String> targets, boolean acceptPartial, String serverVersion) {
        public Conditions {
            targets = List.copyOf(targets);
        }
    }

    /**
     * Returns if the server would run it, or if that cannot be said from here.
     *
     * @throws WorkflowInvalidException with every problem, if the server would refuse it for certain
     */
    void check(Workflow workflow, ObjectInfo objectInfo, Conditions conditions);
}
