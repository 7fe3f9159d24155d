package io.github.comfyeks.server;

import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.error.HttpStatusException;
import io.github.comfyeks.error.UnsupportedByServerException;
import io.github.comfyeks.ref.PromptId;
import java.util.Collection;
import java.util.Optional;

/**
 * ComfyUI's jobs API, {@code /api/jobs}: queue and history in one list, everybody's, without graphs. Newer servers only: 0.8.0
 * has it, 0.3.64 does not. Each call is a request and blocks until it is answered. Safe for any number of threads.
 *
 * <p>Every call throws a {@link ComfyException}, {@link UnsupportedByServerException} among them for servers that lack it.
 */
public interface JobsApi {
    /** Whether the server has the jobs API. */
    boolean isSupported();

    /**
     * The jobs that fit: {@code GET /api/jobs}.
     *
     * @throws HttpStatusException with 400 for a status or order that the server does not know; with 500 while any one prompt
     *     of the server has extra data that breaks the list for all: a null {@code extra_pnginfo}, a workflow that is no object
     */
    JobPage list(JobQuery query);

    /** One job: {@code GET /api/jobs/{id}}; with outputs and graph once it has ended. Empty if the server does not know it. */
    Optional<Job> find(PromptId id);

    /**
     * Takes the job out of the queue or interrupts it, and touches no other: {@code POST /api/jobs/{id}/cancel}.
     *
     * @return whether it was waiting or running; false also if an attempt whose answer was lost has cancelled it before
     * @throws UnsupportedByServerException for servers that cannot, such as 0.18.1; 0.33.0 can
     */
    boolean cancel(PromptId id);

    /**
     * The same for several: {@code POST /api/jobs/cancel}.
     *
     * @return whether any of them was waiting or running
     * @throws HttpStatusException with 400, and nothing done, if one of the ids is no lower-case hyphenated UUID
     * @throws UnsupportedByServerException for servers that cannot, such as 0.18.1; 0.33.0 can
     */
    boolean cancel(Collection<PromptId> ids);
}
