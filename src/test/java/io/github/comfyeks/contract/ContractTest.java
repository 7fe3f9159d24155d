package io.github.comfyeks.contract;

import io.github.comfyeks.ClientOptions;
import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.execution.ExecutionEvent;
import io.github.comfyeks.execution.ExecutionResult;
import io.github.comfyeks.execution.QueueOptions;
import io.github.comfyeks.ref.ExecutionState;
import io.github.comfyeks.suite.Graphs;
import io.github.comfyeks.suite.RawServer;
import io.github.comfyeks.suite.Recorder;
import io.github.comfyeks.suite.ServerUnderTest;
import io.github.comfyeks.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/** A client of the server under test for each test, and what most tests do with it. */
abstract class ContractTest {
    static final Duration LIMIT = Duration.ofSeconds(60);

    final ComfyClient client = newClient();
    final RawServer raw = ServerUnderTest.raw();

    @AfterEach
    void closeClient() {
        client.close();
    }

    static ComfyClient newClient() {
        return ComfyClient.create(ClientOptions.builder(ServerUnderTest.uri()).build());
    }

    ExecutionResult run(Workflow workflow) {
        return run(workflow, QueueOptions.standard());
    }

    ExecutionResult run(Workflow workflow, QueueOptions options) {
        try (Execution run = client.queue(workflow, options)) {
            return run.await(LIMIT);
        }
    }

    /** Runs to the end, however it ends, and answers all events. */
    List<ExecutionEvent> eventsOf(Workflow workflow) {
        Recorder recorder = new Recorder();
        client.queue(workflow, QueueOptions.builder().listener(recorder).build());
        return recorder.awaitAll();
    }

    /** Keeps the server's worker busy until it is closed, so that what is queued meanwhile waits. */
    static final class Hold implements AutoCloseable {
        private final ComfyClient holder = newClient();
        private final Execution run;

        Hold() {
            Recorder recorder = new Recorder();
            run = holder.queue(
                    Graphs.endless(),
                    QueueOptions.builder().front().listener(recorder).build());
            recorder.await(ExecutionEvent.NodeStarted.class);
        }

        /** Whether it still keeps the server busy. */
        boolean isRunning() {
            return run.state() == ExecutionState.RUNNING
                    && ServerUnderTest.raw().isRunning(run.promptId());
        }

        /** Lets go what waits. */
        void release() {
            run.interrupt();
        }

        @Override
        public void close() {
            release();
            holder.close();
        }
    }

    /** The events of one kind, in order. */
    static <T extends ExecutionEvent> List<T> only(List<ExecutionEvent> events, Class<T> kind) {
        return stream(events, kind).toList();
    }

    static <T extends ExecutionEvent> Stream<T> stream(List<ExecutionEvent> events, Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast);
    }
}
