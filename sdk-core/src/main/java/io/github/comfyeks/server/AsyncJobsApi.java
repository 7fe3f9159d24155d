package io.github.comfyeks.server;

import io.github.comfyeks.internal.ClientThreads;
import io.github.comfyeks.ref.PromptId;
import java.util.Collection;
import java.util.List;
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
public final class AsyncJobsApi {
    private final JobsApi blocking;
    private final ClientThreads threads;

    private AsyncJobsApi(JobsApi blocking, ClientThreads threads) {
        this.blocking = blocking;
        this.threads = threads;
    }

    /** The asynchronous face of these calls; made by the client. */
    public static AsyncJobsApi of(JobsApi blocking, ClientThreads threads) {
        return new AsyncJobsApi(blocking, threads);
    }

    /** As {@link JobsApi#isSupported()}. */
    public CompletableFuture<Boolean> isSupported() {
        return threads.supply(blocking::isSupported);
    }

    /** As {@link JobsApi#list(JobQuery)}. */
    public CompletableFuture<JobPage> list(JobQuery query) {
        return threads.supply(() -> blocking.list(query));
    }

    /** As {@link JobsApi#find(PromptId)}. */
    public CompletableFuture<Optional<Job>> find(PromptId id) {
        return threads.supply(() -> blocking.find(id));
    }

    /** As {@link JobsApi#cancel(PromptId)}. */
    public CompletableFuture<Boolean> cancel(PromptId id) {
        return threads.supply(() -> blocking.cancel(id));
    }

    /** As {@link JobsApi#cancel(Collection)}. */
    public CompletableFuture<Boolean> cancel(Collection<PromptId> ids) {
        List<PromptId> copy = List.copyOf(ids);
        return threads.supply(() -> blocking.cancel(copy));
    }
}
