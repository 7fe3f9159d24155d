package io.github.comfyeks.contract;

import static io.github.comfyeks.suite.Graphs.color;
import static io.github.comfyeks.suite.Graphs.emptyImage;
import static io.github.comfyeks.suite.Graphs.endless;
import static io.github.comfyeks.suite.Graphs.graph;
import static io.github.comfyeks.suite.Graphs.link;
import static io.github.comfyeks.suite.Graphs.node;
import static io.github.comfyeks.suite.Graphs.quick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.error.ExecutionFailedException;
import io.github.comfyeks.error.ExecutionInterruptedException;
import io.github.comfyeks.error.ExecutionLostException;
import io.github.comfyeks.error.HttpStatusException;
import io.github.comfyeks.error.NodeFailure;
import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.execution.ExecutionEvent.NodeStarted;
import io.github.comfyeks.execution.QueueOptions;
import io.github.comfyeks.ref.PromptId;
import io.github.comfyeks.schema.InputSchema;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.server.HistoryEntry;
import io.github.comfyeks.server.HistoryMessage;
import io.github.comfyeks.server.QueuedPrompt;
import io.github.comfyeks.server.ServerApi;
import io.github.comfyeks.server.ServerModel;
import io.github.comfyeks.server.SystemStats;
import io.github.comfyeks.suite.Recorder;
import io.github.comfyeks.suite.ServerUnderTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server says of itself. */
class ServerContractTest extends ContractTest {
    private final ServerApi server = client.server();

    private HistoryEntry entry(PromptId id) {
        return server.history(id).orElseThrow();
    }

    private Execution running() {
        Recorder recorder = new Recorder();
        Execution run = client.queue(
                endless(), QueueOptions.builder().front().listener(recorder).build());
        recorder.await(NodeStarted.class);
        return run;
    }

    @Test
    void theServerHasAVersionMemoryAndADevice() {
        SystemStats stats = server.systemStats();
        assertThat(stats.version()).isEqualTo(ServerUnderTest.version());
        assertThat(stats.ramTotal()).isPositive();
        assertThat(stats.ramFree()).isPositive().isLessThanOrEqualTo(stats.ramTotal());
        assertThat(stats.python()).isNotEmpty();
        assertThat(stats.pytorch()).isNotEmpty();
        assertThat(stats.devices()).isNotEmpty();
        assertThat(stats.devices().get(0).type()).isNotEmpty();
    }

    @Test
    void theServerSaysWhatItCanDo() {
        assertThat(server.features()).containsKeys("supports_preview_metadata", "max_upload_size");
    }

    @Test
    void whatRunsAndWaitsIsCounted() {
        try (Execution run = running();
                Execution waiting = client.queue(quick())) {
            assertThat(server.queueRemaining()).isGreaterThanOrEqualTo(2);
            run.interrupt();
            waiting.await(LIMIT);
        }
    }

    @Test
    void theQueueIsToldInItsOrder() {
        try (Execution run = running();
                Execution later = client.queue(quick());
                Execution sooner =
                        client.queue(quick(), QueueOptions.builder().front().build())) {
            assertThat(server.queue().running())
                    .extracting(QueuedPrompt::promptId)
                    .contains(run.promptId());
            List<QueuedPrompt> pending = server.queue().pending();
            assertThat(pending)
                    .extracting(QueuedPrompt::promptId)
                    .containsSubsequence(sooner.promptId(), later.promptId());
            assertThat(pending).extracting(QueuedPrompt::number).isSorted();
            run.interrupt();
            sooner.await(LIMIT);
            later.await(LIMIT);
        }
    }

    @Test
    void anEndedRunIsInHistory() {
        PromptId id = run(quick()).promptId();
        HistoryEntry entry = entry(id);
        assertThat(entry.promptId()).isEqualTo(id);
        assertThat(entry.isSuccess()).isTrue();
        assertThat(entry.completed()).isTrue();
        assertThat(entry.isInterrupted()).isFalse();
        assertThat(entry.failure()).isEmpty();
        assertThat(entry.outputs()).containsOnlyKeys("2");
        assertThat(entry.graph()).containsOnlyKeys("1", "2");
        assertThat(entry.targets()).containsExactly("2");
        assertThat(entry.extraData()).containsKey("client_id");
        assertThat(entry.messages())
                .extracting(HistoryMessage::type)
                .containsSubsequence("execution_start", "execution_cached", "execution_success");
        assertThat(entry.startedAt()).isPresent();
        assertThat(entry.endedAt().orElseThrow())
                .isAfterOrEqualTo(entry.startedAt().orElseThrow());
    }

    @Test
    void filesOfHistoryCanBeFetched() {
        HistoryEntry entry = entry(run(quick()).promptId());
        assertThat(entry.outputs().values().iterator().next().files().get(0).bytes())
                .isNotEmpty();
    }

    @Test
    void aFailedRunIsInHistoryAsFailed() {
        try (Execution run = client.queue(graph(
                emptyImage("1", 8, 8, color()),
                node("2", "ProbeFail", "kind", "key", "image", link("1")),
                node("3", "ProbeNoUi", "image", link("2"))))) {
            assertThatThrownBy(() -> run.await(LIMIT)).isInstanceOf(ExecutionFailedException.class);
            HistoryEntry entry = entry(run.promptId());
            assertThat(entry.isSuccess()).isFalse();
            assertThat(entry.statusText()).isEqualTo("error");
            assertThat(entry.failure().map(NodeFailure::exceptionType)).contains("KeyError");
        }
    }

    @Test
    void anInterruptedRunIsInHistoryAsInterrupted() {
        try (Execution run = running()) {
            run.interrupt();
            assertThatThrownBy(() -> run.await(LIMIT)).isInstanceOf(ExecutionInterruptedException.class);
            HistoryEntry entry = entry(run.promptId());
            assertThat(entry.isInterrupted()).isTrue();
            assertThat(entry.failure()).isEmpty();
            assertThat(entry.completed()).isFalse();
        }
    }

    @Test
    void whatHasNotEndedOrIsUnknownIsNotInHistory() {
        try (Execution run = running()) {
            assertThat(server.history(run.promptId())).isEmpty();
            assertThat(server.history(PromptId.random())).isEmpty();
            run.interrupt();
        }
    }

    @Test
    void theNewestOfHistoryAreAskedFor() {
        PromptId first = run(quick()).promptId();
        PromptId second = run(quick()).promptId();
        assertThat(server.history(50))
                .hasSizeLessThanOrEqualTo(50)
                .extracting(HistoryEntry::promptId)
                .containsSubsequence(first, second);
        assertThat(server.history(1)).hasSize(1);
    }

    @Test
    void historyIsReadByPagesFromTheOldest() {
        run(quick());
        run(quick());
        List<HistoryEntry> page = server.history(2, 0);
        assertThat(page).hasSize(2);
        assertThat(server.history(1, 1))
                .extracting(HistoryEntry::promptId)
                .containsExactly(page.get(1).promptId());
    }

    @Test
    void anEntryOfHistoryIsDeletedAndNoOther() {
        PromptId gone = run(quick()).promptId();
        PromptId kept = run(quick()).promptId();
        server.deleteHistory(List.of(gone, PromptId.random()));
        assertThat(server.history(gone)).isEmpty();
        assertThat(server.history(kept)).isPresent();
    }

    @Test
    void aPendingRunIsDeletedAndNoOther() {
        try (Execution run = running();
                Execution gone = client.queue(quick());
                Execution kept = client.queue(quick())) {
            server.deletePending(List.of(gone.promptId()));
            assertThatThrownBy(() -> gone.await(LIMIT)).isInstanceOf(ExecutionLostException.class);
            assertThat(raw.isRunning(run.promptId())).isTrue();
            run.interrupt();
            assertThat(kept.await(LIMIT).images()).hasSize(1);
        }
    }

    @Test
    void anInterruptNamesItsRun() {
        try (Execution run = running()) {
            server.interrupt(PromptId.random());
            assertThat(raw.isRunning(run.promptId())).isTrue();
            server.interrupt(run.promptId());
            assertThatThrownBy(() -> run.await(LIMIT)).isInstanceOf(ExecutionInterruptedException.class);
        }
    }

    @Test
    void theFoldersOfModelsAreTold() {
        assertThat(server.models()).contains("checkpoints", "loras", "vae", "controlnet", "embeddings");
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkpoints", "loras", "vae"})
    void theModelsOfAFolderAreTold(String folder) {
        assertThat(server.models(folder)).doesNotContain("").doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkpoints", "loras"})
    void modelsHaveSizesToo(String folder) {
        assertThat(server.modelFiles(folder))
                .extracting(ServerModel::name)
                .containsExactlyInAnyOrderElementsOf(server.models(folder));
        assertThat(server.modelFiles(folder)).allMatch(model -> model.size() >= 0);
    }

    @Test
    void aFolderThatIsNoneIsNamedWithThoseThereAre() {
        assertThatThrownBy(() -> server.models("chekpoints"))
                .isInstanceOf(HttpStatusException.class)
                .hasMessageContaining("checkpoints")
                .extracting(e -> ((HttpStatusException) e).status())
                .isEqualTo(404);
    }

    @Test
    void embeddingsAreTold() {
        assertThat(server.embeddings()).doesNotContain("");
    }

    @Test
    void memoryIsFreedAndTheServerGoesOn() {
        server.free(true, true);
        assertThat(run(quick()).images()).hasSize(1);
    }

    @Test
    void allNodeClassesAreTold() {
        assertThat(server.objectInfo().nodes())
                .containsKeys("EmptyImage", "SaveImage", "KSampler", "ProbeSleep")
                .hasSizeGreaterThan(50);
        assertThat(server.objectInfo().find("NoSuchNode")).isEmpty();
        assertThat(server.objectInfo().nearest("SaveImag", 1)).containsExactly("SaveImage");
        assertThat(server.refreshObjectInfo().nodes().keySet())
                .isEqualTo(server.objectInfo().nodes().keySet());
    }

    @Test
    void oneNodeClassIsTold() {
        NodeSchema schema = server.objectInfo("EmptyImage").orElseThrow();
        assertThat(schema.inputs())
                .extracting(InputSchema::name)
                .containsExactly("width", "height", "batch_size", "color");
        InputSchema width = schema.input("width").orElseThrow();
        assertThat(width.type()).isEqualTo("INT");
        assertThat(width.min().map(Number::intValue)).contains(1);
        assertThat(width.max().map(Number::intValue)).contains(16384);
        assertThat(schema.outputNode()).isFalse();
        assertThat(server.objectInfo("SaveImage").orElseThrow().outputNode()).isTrue();
    }

    @Test
    void theChoicesOfAnInputAreTold() {
        NodeSchema schema = server.objectInfo("ProbeTypes").orElseThrow();
        assertThat(schema.input("c").orElseThrow().choices()).containsExactly("a", "b");
        assertThat(schema.input("k").orElseThrow().choices()).containsExactly("x", "y");
        assertThat(schema.input("m").orElseThrow().multiselect()).isTrue();
        assertThat(schema.input("c").orElseThrow().isRequired()).isTrue();
        assertThat(schema.input("o").orElseThrow().isRequired()).isFalse();
    }

    @Test
    void aNodeClassThatIsNoneIsEmpty() {
        assertThat(server.objectInfo("NoSuchNode")).isEmpty();
    }
}
