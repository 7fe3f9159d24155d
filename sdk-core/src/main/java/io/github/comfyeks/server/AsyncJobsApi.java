package io.github.comfyeks.server;

import io.github.comfyeks.internal.Async;
import io.github.comfyeks.ref.PromptId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * ComfyUI's jobs API with futures: the calls of {@link JobsApi}, each without blocking its caller. Safe for any number of
 * threads.
 *
 * <p>Requests run on one executor, futures complete on another, so that a slow dependent of a future holds up no request. A
 * future completes with the exception that the blocking call throws. Cancelling one sends nothing if its turn has not come,
 * and leaves alone what was sent.
 */
public final class AsyncJobsApi {
    private final JobsApi blocking;
    private final Async async;

    private AsyncJobsApi(JobsApi blocking, Async async) {
        this.blocking = blocking;
        this.async = async;
    }

    /**
     * The asynchronous face of these calls.
     *
     * @param requests runs the blocking calls
     * @param callbacks completes the futures, whose dependents may run on it
     */
    public static AsyncJobsApi of(JobsApi blocking, Executor requests, Executor callbacks) {
        return new AsyncJobsApi(blocking, new Async(requests, callbacks));
    }

    /** As {@link JobsApi#isSupported()}. */
    public CompletableFuture<Boolean> isSupported() {
        return async.call(blocking::isSupported);
    }

    /** As {@link JobsApi#list(JobQuery)}. */
    public CompletableFuture<JobPage> list(JobQuery query) {
        return async.call(() -> blocking.list(query));
    }

    /** As {@link JobsApi#find(PromptId)}. */
    public CompletableFuture<Optional<Job>> find(PromptId id) {
        return async.call(() -> blocking.find(id));
    }

    /** As {@link JobsApi#cancel(PromptId)}. */
    public CompletableFuture<Boolean> cancel(PromptId id) {
        return async.call(() -> blocking.cancel(id));
    }

    /** As {@link JobsApi#cancel(Collection)}. */
    public CompletableFuture<Boolean> cancel(Collection<PromptId> ids) {
        List<PromptId> copy = List.copyOf(ids);
        return async.call(() -> blocking.cancel(copy));
    }
}
