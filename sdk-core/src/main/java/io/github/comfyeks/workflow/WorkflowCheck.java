package io.github.comfyeks.workflow;

import io.github.comfyeks.error.WorkflowInvalidException;
import io.github.comfyeks.schema.ObjectInfo;

/**
 * Checks a workflow against what a server knows, before it is sent. Found by {@link java.util.ServiceLoader}: with
 * {@code comfyeks-workflows} on the path its validator is one. Must be thread-safe.
 */
@FunctionalInterface
public interface WorkflowCheck {
    /**
     * Returns if the server would run all of it, as far as that can be seen from here.
     *
     * @throws WorkflowInvalidException with every problem
     */
    void check(Workflow workflow, ObjectInfo objectInfo);
}
