package io.github.comfyeks.workflow;

import io.github.comfyeks.upload.Uploads;

/** What a client can queue: a {@link Workflow} itself, or what makes one, such as a typed graph. */
public interface WorkflowSource {
    /**
     * The workflow to queue; the same every time.
     *
     * @throws io.github.comfyeks.error.WorkflowInvalidException if it makes none
     */
    Workflow workflow();

    /**
     * The workflow for the server of these uploads: files of this machine that it needs are sent there, and it names them as that
     * server does. A client asks for it when it queues. What has no such files is the same everywhere.
     *
     * @throws io.github.comfyeks.error.WorkflowInvalidException if it makes none
     * @throws io.github.comfyeks.error.LocalFileException if a file cannot be read; nothing was sent then
     */
    default Workflow workflow(Uploads uploads) {
        return workflow();
    }
}
