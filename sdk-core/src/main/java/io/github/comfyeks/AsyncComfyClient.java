package io.github.comfyeks;

import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.execution.ExecutionResult;
import io.github.comfyeks.execution.QueueOptions;
import io.github.comfyeks.internal.ClientThreads;
import io.github.comfyeks.workflow.Workflow;
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
    public CompletableFuture<Execution> queue(Workflow workflow) {
        return queue(workflow, QueueOptions.standard());
    }

    /** Completed when the server has taken the workflow; cancelling it does not take it back. */
    public CompletableFuture<Execution> queue(Workflow workflow, QueueOptions options) {
        return threads.supply(() -> client.queue(workflow, options));
    }

    /** Completed with the result of the run. */
    public CompletableFuture<ExecutionResult> run(Workflow workflow) {
        return run(workflow, QueueOptions.standard());
    }

    /** Completed with the result of the run. */
    public CompletableFuture<ExecutionResult> run(Workflow workflow, QueueOptions options) {
        return queue(workflow, options).thenCompose(Execution::result);
    }
}
