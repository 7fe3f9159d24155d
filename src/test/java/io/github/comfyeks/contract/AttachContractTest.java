package io.github.comfyeks.contract;

import static io.github.comfyeks.suite.Graphs.color;
import static io.github.comfyeks.suite.Graphs.emptyImage;
import static io.github.comfyeks.suite.Graphs.endless;
import static io.github.comfyeks.suite.Graphs.graph;
import static io.github.comfyeks.suite.Graphs.link;
import static io.github.comfyeks.suite.Graphs.node;
import static io.github.comfyeks.suite.Graphs.quick;
import static io.github.comfyeks.suite.Graphs.sleeping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.error.ExecutionFailedException;
import io.github.comfyeks.error.ExecutionInterruptedException;
import io.github.comfyeks.error.ExecutionLostException;
import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.execution.ExecutionEvent.Ended;
import io.github.comfyeks.execution.ExecutionEvent.NodeExecuted;
import io.github.comfyeks.execution.ExecutionEvent.NodeFinished;
import io.github.comfyeks.execution.ExecutionEvent.NodeProgress;
import io.github.comfyeks.execution.ExecutionEvent.NodeStarted;
import io.github.comfyeks.execution.ExecutionResult;
import io.github.comfyeks.execution.QueueOptions;
import io.github.comfyeks.output.OutputFile;
import io.github.comfyeks.ref.ExecutionRef;
import io.github.comfyeks.ref.ExecutionState;
import io.github.comfyeks.ref.PromptId;
import io.github.comfyeks.suite.Recorder;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Finding a run again by what names it. */
class AttachContractTest extends ContractTest {
    private final ComfyClient other = newClient();
    private final Recorder recorder = new Recorder();
    private final QueueOptions recorded =
            QueueOptions.builder().front().listener(recorder).build();

    @AfterEach
    void closeOther() {
        other.close();
    }

    /** As if it had been stored. */
    private static ExecutionRef stored(ExecutionRef ref) {
        return ExecutionRef.parse(ref.toString());
    }

    @Test
    void aReferenceSurvivesAsText() {
        try (Execution run = client.queue(quick())) {
            assertThat(stored(run.ref())).isEqualTo(run.ref());
            assertThat(run.ref().promptId()).isEqualTo(run.promptId());
            assertThat(run.ref().clientId()).isNotEmpty();
            run.await(LIMIT);
        }
    }

    @Test
    void aWaitingRunIsFound() {
        try (Hold hold = new Hold()) {
            Execution run = client.queue(quick());
            Execution found = other.attach(stored(run.ref()));
            assertThat(found.state()).isEqualTo(ExecutionState.QUEUED);
            assertThat(found.workflow()).isEmpty();
            hold.release();
            assertThat(found.await(LIMIT).images())
                    .extracting(OutputFile::filename)
                    .isEqualTo(run.await(LIMIT).images().stream()
                            .map(OutputFile::filename)
                            .toList());
        }
    }

    @Test
    void aRunningRunIsFound() {
        Execution run = client.queue(sleeping(15, 0.05), recorded);
        recorder.await(NodeStarted.class);
        Execution found = other.attach(stored(run.ref()));
        assertThat(found.await(LIMIT).confirmed()).isTrue();
        assertThat(found.state()).isEqualTo(ExecutionState.SUCCEEDED);
    }

    @Test
    void anEndedRunIsFound() {
        ExecutionResult result = run(quick());
        ExecutionResult found = other.attach(stored(result.ref())).await(LIMIT);
        assertThat(found.images()).hasSize(1);
        assertThat(found.images().get(0).filename())
                .isEqualTo(result.images().get(0).filename());
        assertThat(found.elapsed()).isEqualTo(result.elapsed());
    }

    @Test
    void aFailedRunIsFoundAsFailed() {
        try (Execution run = client.queue(graph(
                emptyImage("1", 8, 8, color()),
                node("2", "ProbeFail", "kind", "runtime", "image", link("1")),
                node("3", "ProbeNoUi", "image", link("2"))))) {
            assertThatThrownBy(() -> run.await(LIMIT)).isInstanceOf(ExecutionFailedException.class);
            assertThatThrownBy(() -> other.attach(run.ref()).await(LIMIT))
                    .isInstanceOf(ExecutionFailedException.class)
                    .hasMessageContaining("node 2 (ProbeFail)")
                    .hasMessageContaining("probe failed on purpose");
        }
    }

    @Test
    void anInterruptedRunIsFoundAsInterrupted() {
        try (Execution run = client.queue(endless(), recorded)) {
            recorder.await(NodeStarted.class);
            run.interrupt();
            assertThatThrownBy(() -> run.await(LIMIT)).isInstanceOf(ExecutionInterruptedException.class);
            assertThatThrownBy(() -> other.attach(run.ref()).await(LIMIT))
                    .isInstanceOf(ExecutionInterruptedException.class);
        }
    }

    @Test
    void anIdIsEnough() {
        ExecutionResult result = run(quick());
        assertThat(other.attach(PromptId.of(result.promptId().value()))
                        .await(LIMIT)
                        .images())
                .hasSize(1);
    }

    @Test
    void anAttachedRunCanBeInterrupted() {
        Execution run = client.queue(endless(), recorded);
        recorder.await(NodeStarted.class);
        Execution found = other.attach(run.ref());
        assertThat(found.interrupt()).isTrue();
        assertThatThrownBy(() -> found.await(LIMIT)).isInstanceOf(ExecutionInterruptedException.class);
        assertThatThrownBy(() -> run.await(LIMIT)).isInstanceOf(ExecutionInterruptedException.class);
    }

    @Test
    void attachingTakesNothingFromTheFirst() {
        Execution run = client.queue(sleeping(10, 0.05), recorded);
        recorder.await(NodeStarted.class);
        other.attach(run.ref()).await(LIMIT);
        run.await(LIMIT);
        assertThat(recorder.awaitAll())
                .contains(new NodeFinished("1"), new NodeStarted("2", "2"), new Ended(ExecutionState.SUCCEEDED));
    }

    @Test
    void aRunCanBeFollowedTwiceByOneClient() {
        Execution run = client.queue(sleeping(8, 0.05), recorded);
        recorder.await(NodeStarted.class);
        Execution again = client.attach(run.ref());
        assertThat(again.await(LIMIT).confirmed()).isTrue();
        assertThat(run.await(LIMIT).confirmed()).isTrue();
    }

    @Test
    void closingTheSecondHandleOfAClientLeavesTheFirst() {
        Execution run = client.queue(sleeping(8, 0.05), recorded);
        recorder.await(NodeStarted.class);
        client.attach(run.ref()).close();
        assertThat(run.await(LIMIT).confirmed()).isTrue();
        assertThat(recorder.awaitAll()).contains(new NodeStarted("2", "2"));
    }

    @Test
    void aRunIsTakenOverWithItsEvents() {
        Execution run = client.queue(sleeping(30, 0.05), recorded);
        recorder.await(NodeStarted.class);
        ExecutionRef ref = stored(run.ref());
        client.close();
        Recorder taken = new Recorder();
        Execution found =
                other.takeOver(ref, QueueOptions.builder().listener(taken).build());
        assertThat(taken.await(NodeProgress.class).nodeId()).isEqualTo("1");
        assertThat(found.await(LIMIT).confirmed()).isTrue();
        assertThat(taken.awaitAll()).contains(new NodeStarted("2", "2"), new Ended(ExecutionState.SUCCEEDED));
        assertThat(found.ref().clientId()).isEqualTo(ref.clientId());
    }

    @Test
    void anEndedRunIsTakenOver() {
        ExecutionResult result = run(quick());
        client.close();
        Recorder taken = new Recorder();
        Execution found = other.takeOver(
                result.ref(), QueueOptions.builder().listener(taken).build());
        assertThat(found.await(LIMIT).images()).hasSize(1);
        assertThat(only(taken.awaitAll(), NodeExecuted.class)).isEmpty();
    }

    @Test
    void anUnknownIdIsLost() {
        PromptId unknown = PromptId.random();
        assertThatThrownBy(() -> other.attach(unknown).await(LIMIT))
                .isInstanceOf(ExecutionLostException.class)
                .hasMessageContaining(unknown.value());
    }

    @Test
    void aRunThatSomebodyTookOutIsLost() {
        try (Hold hold = new Hold()) {
            Execution run = client.queue(quick());
            assertThat(raw.post("/queue", "{\"delete\": [\"" + run.promptId() + "\"]}"))
                    .isEqualTo(200);
            assertThatThrownBy(() -> run.await(LIMIT)).isInstanceOf(ExecutionLostException.class);
            assertThat(run.state()).isEqualTo(ExecutionState.LOST);
            assertThat(hold.isRunning()).isTrue();
        }
    }

    @Test
    void aRunOfAnotherServerIsRefused() {
        ExecutionRef elsewhere =
                new ExecutionRef(URI.create("http://elsewhere.example:8188"), PromptId.random(), "", Map.of());
        assertThatThrownBy(() -> other.attach(elsewhere))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("elsewhere.example");
    }
}
