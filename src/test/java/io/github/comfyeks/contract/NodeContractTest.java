package io.github.comfyeks.contract;

import static io.github.comfyeks.suite.Graphs.color;
import static io.github.comfyeks.suite.Graphs.emptyImage;
import static io.github.comfyeks.suite.Graphs.graph;
import static io.github.comfyeks.suite.Graphs.link;
import static io.github.comfyeks.suite.Graphs.node;
import static io.github.comfyeks.suite.Graphs.previewImage;
import static io.github.comfyeks.suite.Graphs.seed;
import static io.github.comfyeks.suite.Graphs.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.execution.ExecutionEvent;
import io.github.comfyeks.execution.ExecutionEvent.Ended;
import io.github.comfyeks.execution.ExecutionEvent.NodeBlocked;
import io.github.comfyeks.execution.ExecutionEvent.NodeExecuted;
import io.github.comfyeks.execution.ExecutionEvent.NodeFinished;
import io.github.comfyeks.execution.ExecutionEvent.NodeStarted;
import io.github.comfyeks.execution.ExecutionEvent.Preview;
import io.github.comfyeks.execution.ExecutionResult;
import io.github.comfyeks.execution.QueueOptions;
import io.github.comfyeks.ref.ExecutionState;
import io.github.comfyeks.suite.Recorder;
import io.github.comfyeks.workflow.Workflow;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes that do more than take inputs and give outputs. */
class NodeContractTest extends ContractTest {
    private static Workflow expansion() {
        return graph(node("5", "ProbeExpand", "color", color(), "fail", false), previewImage("6", "5"));
    }

    @Test
    void nodesOfAnExpansionAreToldWithTheNodeTheyBelongTo() {
        List<NodeStarted> started = only(eventsOf(expansion()), NodeStarted.class);
        assertThat(started).contains(new NodeStarted("5", "5"), new NodeStarted("6", "6"));
        assertThat(started)
                .filteredOn(event -> !event.nodeId().equals(event.displayNodeId()))
                .hasSizeGreaterThanOrEqualTo(3)
                .allMatch(event -> event.nodeId().startsWith("5.0.0.")
                        && event.displayNodeId().equals("5"));
    }

    @Test
    void outputsOfAnExpansionStandUnderTheirOwnIds() {
        ExecutionResult result = run(expansion());
        assertThat(result.outputs()).hasSize(2).containsKey("6");
        assertThat(result.outputs().keySet()).anyMatch(id -> id.startsWith("5.0.0."));
        assertThat(result.images()).hasSize(2);
    }

    @Test
    void anExpansionIsCompleteAtItsEnd() {
        try (Execution run = client.queue(expansion())) {
            run.await(LIMIT);
            assertThat(run.progress().fraction()).isEqualTo(1.0);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void onlyTheInputThatALazyNodeAsksForIsRun(boolean which) {
        Workflow workflow = graph(
                emptyImage("1", 8, 8, color()),
                emptyImage("2", 8, 8, color()),
                node("3", "ProbeLazy", "which", which, "a", link("1"), "b", link("2")),
                previewImage("4", "3"));
        List<ExecutionEvent> events = eventsOf(workflow);
        assertThat(only(events, NodeFinished.class))
                .extracting(NodeFinished::nodeId)
                .contains(which ? "1" : "2", "3", "4")
                .doesNotContain(which ? "2" : "1");
        assertThat(only(events, NodeStarted.class))
                .filteredOn(event -> event.nodeId().equals("3"))
                .hasSize(2);
        assertThat(events.get(events.size() - 1)).isEqualTo(new Ended(ExecutionState.SUCCEEDED));
    }

    @Test
    void aLazyRunIsCompleteAtItsEnd() {
        try (Execution run = client.queue(graph(
                emptyImage("1", 8, 8, color()),
                emptyImage("2", 8, 8, color()),
                node("3", "ProbeLazy", "which", true, "a", link("1"), "b", link("2")),
                previewImage("4", "3")))) {
            run.await(LIMIT);
            assertThat(run.progress().fraction()).isEqualTo(1.0);
        }
    }

    @Test
    void asyncNodesRunBesideOneAnother() {
        List<ExecutionEvent> events = eventsOf(graph(
                node("1", "ProbeAsync", "steps", 3, "delay", 0.1, "seed", seed()),
                node("2", "ProbeAsync", "steps", 3, "delay", 0.1, "seed", seed()),
                previewImage("3", "1"),
                previewImage("4", "2")));
        int lastStart = Math.max(events.indexOf(new NodeStarted("1", "1")), events.indexOf(new NodeStarted("2", "2")));
        int firstEnd = Math.min(events.indexOf(new NodeFinished("1")), events.indexOf(new NodeFinished("2")));
        assertThat(lastStart).isNotNegative().isLessThan(firstEnd);
        assertThat(only(events, NodeExecuted.class))
                .extracting(NodeExecuted::nodeId)
                .containsExactlyInAnyOrder("3", "4");
    }

    @Test
    void aBlockedOutputWithAMessageIsToldAndTheRunSucceeds() {
        Recorder recorder = new Recorder();
        try (Execution run = client.queue(
                graph(
                        emptyImage("1", 8, 8, color()),
                        node("2", "ProbeBlock", "image", link("1"), "message", "not today"),
                        previewImage("3", "2"),
                        previewImage("4", "1")),
                QueueOptions.builder().listener(recorder).build())) {
            ExecutionResult result = run.await(LIMIT);
            assertThat(result.outputs()).containsOnlyKeys("4");
        }
        List<NodeBlocked> blocked = only(recorder.awaitAll(), NodeBlocked.class);
        assertThat(blocked).hasSize(1);
        assertThat(blocked.get(0).reason().exceptionType()).isEqualTo("ExecutionBlocked");
        assertThat(blocked.get(0).reason().exceptionMessage()).contains("not today");
        assertThat(blocked.get(0).reason().nodeId()).isEqualTo("3");
    }

    @Test
    void anOutputBlockedWithoutAMessageIsJustMissing() {
        Recorder recorder = new Recorder();
        try (Execution run = client.queue(
                graph(
                        emptyImage("1", 8, 8, color()),
                        node("2", "ProbeBlock", "image", link("1"), "message", ""),
                        previewImage("3", "2"),
                        previewImage("4", "1")),
                QueueOptions.builder().listener(recorder).build())) {
            assertThat(run.await(LIMIT).outputs()).containsOnlyKeys("4");
        }
        assertThat(only(recorder.awaitAll(), NodeBlocked.class)).isEmpty();
    }

    @Test
    void aListenerThatStallsMissesPreviewsButNotTheEnd() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        Recorder recorder = new Recorder();
        try (Execution run = client.queue(
                graph(node("1", "ProbeFlood", "count", 600, "size", 64, "seed", seed())),
                QueueOptions.builder()
                        .listener(event -> {
                            awaitQuietly(ended);
                            recorder.onEvent(event);
                        })
                        .build())) {
            run.await(LIMIT);
            ended.countDown();
            List<ExecutionEvent> events = recorder.awaitAll();
            assertThat(events).contains(new NodeStarted("1", "1"), new Ended(ExecutionState.SUCCEEDED));
            assertThat(only(events, Preview.class)).hasSizeLessThan(600);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aFloodOfPreviewsEndsAsItShould() {
        List<ExecutionEvent> events =
                eventsOf(graph(node("1", "ProbeFlood", "count", 60, "size", 128, "seed", seed())));
        assertThat(only(events, Preview.class)).isNotEmpty();
        assertThat(events.get(events.size() - 1)).isEqualTo(new Ended(ExecutionState.SUCCEEDED));
    }

    @Test
    void nodesOfOneBranchComeInTheirOrder() {
        List<NodeStarted> started = only(
                eventsOf(graph(
                        sleep("30", 1, 0.01, "none"),
                        node("20", "ImageInvert", "image", link("30")),
                        node("10", "ImageInvert", "image", link("20")),
                        previewImage("1", "10"))),
                NodeStarted.class);
        assertThat(started).extracting(NodeStarted::nodeId).containsExactly("30", "20", "10", "1");
    }
}
