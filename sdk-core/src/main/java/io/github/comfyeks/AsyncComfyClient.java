package io.github.comfyeks;

import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.execution.ExecutionResult;
import io.github.comfyeks.execution.QueueOptions;
import io.github.comfyeks.execution.SavedRun;
import io.github.comfyeks.internal.ClientThreads;
import io.github.comfyeks.server.AsyncJobsApi;
import io.github.comfyeks.server.AsyncServerApi;
import io.github.comfyeks.server.AsyncUserdataApi;
import io.github.comfyeks.server.internal.ThreadedJobsApi;
import io.github.comfyeks.server.internal.ThreadedServerApi;
import io.github.comfyeks.server.internal.ThreadedUserdataApi;
import io.github.comfyeks.upload.AsyncUploads;
import io.github.comfyeks.upload.internal.AsyncServerUploads;
import io.github.comfyeks.workflow.WorkflowSource;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * {@link ComfyClient} with futures: the same names, the same exceptions, no thread held while a run is under way. Futures are
 * completed on the callback executor of the client's options. Thread-safe.
 *
 * <p>Attaching does not wait for the server and so has no asynchronous form.
 */
public final class AsyncComfyClient {
    private final ComfyClient client;
    private final ClientThreads threads;

    AsyncComfyClient(ComfyClient client, ClientThreads threads) {
        this.client = client;
        this.threads = threads;
    }

    /** Completed when the server has taken the workflow; cancelling it does not take it back. */
    public CompletableFuture<Execution> queue(WorkflowSource workflow) {
        return queue(workflow, QueueOptions.standard());
    }

    /** Completed when the server has taken the workflow; cancelling it does not take it back. */
    public CompletableFuture<Execution> queue(WorkflowSource workflow, QueueOptions options) {
        return threads.supply(() -> client.queue(workflow, options));
    }

    /** Completed with the result of the run. */
    public CompletableFuture<ExecutionResult> run(WorkflowSource workflow) {
        return run(workflow, QueueOptions.standard());
    }

    /** Completed with the result of the run. */
    public CompletableFuture<ExecutionResult> run(WorkflowSource workflow, QueueOptions options) {
        return threads.relay(() -> client.queue(workflow, options).result());
    }

    /** {@link ComfyClient#server()} with futures. */
    public AsyncServerApi server() {
        return new ThreadedServerApi(client.server(), threads);
    }

    /** {@link ComfyClient#jobs()} with futures. */
    public AsyncJobsApi jobs() {
        return new ThreadedJobsApi(client.jobs(), threads);
    }

    /** {@link ComfyClient#userdata()} with futures. */
    public AsyncUserdataApi userdata() {
        return new ThreadedUserdataApi(client.userdata(), threads);
    }

    /** {@link ComfyClient#uploads()} with futures. */
    public AsyncUploads uploads() {
        return new AsyncServerUploads(client.uploads(), threads);
    }

    /** Completed with the run on disk; see {@link ComfyClient#save(ExecutionResult, Path)}. */
    public CompletableFuture<SavedRun> save(ExecutionResult result, Path folder) {
        return threads.supply(() -> client.save(result, folder));
    }
}
