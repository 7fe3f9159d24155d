package io.github.comfyeks.workflow;

/** What a client can queue: a {@link Workflow} itself, or what makes one, such as a typed graph. */
public interface WorkflowSource {
    /**
     * The workflow to queue; the same every time.
     *
     * @throws io.github.comfyeks.error.WorkflowInvalidException if it makes none
     */
    Workflow workflow();
}
