package io.github.comfyeks.contract;

import static io.github.comfyeks.suite.Graphs.color;
import static io.github.comfyeks.suite.Graphs.emptyImage;
import static io.github.comfyeks.suite.Graphs.endless;
import static io.github.comfyeks.suite.Graphs.graph;
import static io.github.comfyeks.suite.Graphs.link;
import static io.github.comfyeks.suite.Graphs.node;
import static io.github.comfyeks.suite.Graphs.quick;
import static io.github.comfyeks.suite.Graphs.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.ClientOptions;
import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.error.ExecutionFailedException;
import io.github.comfyeks.error.WorkflowRejectedException;
import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.execution.ExecutionEvent.NodeStarted;
import io.github.comfyeks.execution.ExecutionResult;
import io.github.comfyeks.execution.QueueOptions;
import io.github.comfyeks.suite.Recorder;
import io.github.comfyeks.suite.ServerUnderTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The same with futures. */
class AsyncContractTest extends ContractTest {
    private static <T> T join(CompletableFuture<T> future) {
        return future.orTimeout(60, TimeUnit.SECONDS).join();
    }

    @Test
    void aRunIsAFuture() {
        assertThat(join(client.async().run(quick())).images()).hasSize(1);
    }

    @Test
    void queueingIsAFutureOfTheHandle() {
        Execution run = join(client.async().queue(quick()));
        assertThat(join(run.result()).promptId()).isEqualTo(run.promptId());
    }

    @Test
    void aRejectionFailsTheFuture() {
        assertThatThrownBy(() -> join(client.async().run(graph(emptyImage("1", 8, 8, color())))))
                .hasCauseInstanceOf(WorkflowRejectedException.class);
    }

    @Test
    void aFailureFailsTheFuture() {
        assertThatThrownBy(() -> join(client.async()
                        .run(graph(
                                emptyImage("1", 8, 8, color()),
                                node("2", "ProbeFail", "kind", "runtime", "image", link("1")),
                                node("3", "ProbeNoUi", "image", link("2"))))))
                .hasCauseInstanceOf(ExecutionFailedException.class);
    }

    @Test
    void manyRunsNeedNoThreadOfOurs() {
        List<CompletableFuture<ExecutionResult>> results = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            results.add(client.async().run(graph(text("1", "async " + i + " " + color()))));
        }
        for (int i = 0; i < results.size(); i++) {
            assertThat(join(results.get(i)).texts().get(0)).startsWith("async " + i + " ");
        }
    }

    @Test
    void eachFutureIsItsOwn() {
        Recorder recorder = new Recorder();
        Execution run = join(client.async()
                .queue(
                        endless(),
                        QueueOptions.builder().front().listener(recorder).build()));
        recorder.await(NodeStarted.class);
        assertThat(run.result()).isNotSameAs(run.result());
        run.interrupt();
        assertThatThrownBy(() -> join(run.result()))
                .hasCauseInstanceOf(io.github.comfyeks.error.ExecutionInterruptedException.class);
    }

    @Test
    void callbacksRunWhereTheCallerWants() {
        ExecutorService own = Executors.newSingleThreadExecutor(task -> new Thread(task, "the caller's own"));
        try (ComfyClient choosy = ComfyClient.create(ClientOptions.builder(ServerUnderTest.uri())
                .callbackExecutor(own)
                .build())) {
            Execution run = choosy.queue(io.github.comfyeks.suite.Graphs.sleeping(5, 0.05));
            CompletableFuture<String> where =
                    run.result().thenApply(result -> Thread.currentThread().getName());
            assertThat(join(where)).isEqualTo("the caller's own");
        } finally {
            own.shutdown();
        }
    }
}
