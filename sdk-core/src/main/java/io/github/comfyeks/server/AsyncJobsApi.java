package io.github.comfyeks.server;

import io.github.comfyeks.ref.PromptId;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * ComfyUI's jobs API with futures: the calls of {@link JobsApi}, each without blocking its caller. Safe for any number of
 * threads.
 *
 * <p>Requests run on one executor, futures complete on another, so that a slow dependent of a future holds up no request. A
 * future completes with the exception that the blocking call throws. Cancelling one sends nothing if its turn has not come,
 * and leaves alone what was sent.
 */
public interface AsyncJobsApi {
    /** As {@link JobsApi#isSupported()}. */
    CompletableFuture<Boolean> isSupported();

    /** As {@link JobsApi#list(JobQuery)}. */
    CompletableFuture<JobPage> list(JobQuery query);

    /** As {@link JobsApi#find(PromptId)}. */
    CompletableFuture<Optional<Job>> find(PromptId id);

    /** As {@link JobsApi#cancel(PromptId)}. */
    CompletableFuture<Boolean> cancel(PromptId id);

    /** As {@link JobsApi#cancel(Collection)}. */
    CompletableFuture<Boolean> cancel(Collection<PromptId> ids);
}
