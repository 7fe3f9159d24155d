package io.github.comfyeks.server.internal;

import io.github.comfyeks.internal.ClientThreads;
import io.github.comfyeks.ref.PromptId;
import io.github.comfyeks.server.AsyncJobsApi;
import io.github.comfyeks.server.Job;
import io.github.comfyeks.server.JobPage;
import io.github.comfyeks.server.JobQuery;
import io.github.comfyeks.server.JobsApi;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The blocking calls on the client's threads. */
public record ThreadedJobsApi(JobsApi blocking, ClientThreads threads) implements AsyncJobsApi {
    @Override
    public CompletableFuture<Boolean> isSupported() {
        return threads.supply(blocking::isSupported);
    }

    @Override
    public CompletableFuture<JobPage> list(JobQuery query) {
        return threads.supply(() -> blocking.list(query));
    }

    @Override
    public CompletableFuture<Optional<Job>> find(PromptId id) {
        return threads.supply(() -> blocking.find(id));
    }

    @Override
    public CompletableFuture<Boolean> cancel(PromptId id) {
        return threads.supply(() -> blocking.cancel(id));
    }

    @Override
    public CompletableFuture<Boolean> cancel(Collection<PromptId> ids) {
        List<PromptId> copy = List.copyOf(ids);
        return threads.supply(() -> blocking.cancel(copy));
    }
}
