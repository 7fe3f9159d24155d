package io.github.comfyeks.contract;

import static io.github.comfyeks.suite.Graphs.color;
import static io.github.comfyeks.suite.Graphs.emptyImage;
import static io.github.comfyeks.suite.Graphs.graph;
import static io.github.comfyeks.suite.Graphs.previewImage;
import static io.github.comfyeks.suite.Graphs.sleep;
import static io.github.comfyeks.suite.Graphs.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.execution.ExecutionEvent;
import io.github.comfyeks.execution.ExecutionEvent.NodeStarted;
import io.github.comfyeks.execution.ExecutionEvent.NodeText;
import io.github.comfyeks.execution.ExecutionEvent.Preview;
import io.github.comfyeks.execution.ExecutionResult;
import io.github.comfyeks.execution.QueueOptions;
import io.github.comfyeks.suite.Recorder;
import io.github.comfyeks.workflow.Workflow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Many runs, threads and clients at once. */
class ConcurrencyContractTest extends ContractTest {
    private static Workflow telling(String id, String text) {
        return graph(text(id, text));
    }

    private static List<String> texts(List<ExecutionEvent> events) {
        return stream(events, NodeText.class).map(NodeText::text).toList();
    }

    @Test
    void twoClientsHearOnlyOfTheirOwnRuns() {
        try (ComfyClient other = newClient()) {
            Map<String, Recorder> recorders = new LinkedHashMap<>();
            List<Execution> runs = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                String name = "run " + i + " " + color();
                Recorder recorder = new Recorder();
                recorders.put(name, recorder);
                QueueOptions options = QueueOptions.builder().listener(recorder).build();
                runs.add((i % 2 == 0 ? client : other).queue(telling(String.valueOf(i), name), options));
            }
            for (Execution run : runs) {
                run.await(LIMIT);
            }
            recorders.forEach((name, recorder) -> {
                List<ExecutionEvent> events = recorder.awaitAll();
                assertThat(texts(events)).containsExactly("hello \u00e9 " + name);
                assertThat(only(events, NodeStarted.class)).hasSize(1);
            });
        }
    }

    @Test
    void previewsGoToTheRunTheyAreOf() {
        Recorder first = new Recorder();
        Recorder second = new Recorder();
        try (Execution a = client.queue(
                        graph(sleep("a", 3, 0.12, "JPEG"), previewImage("x", "a")),
                        QueueOptions.builder().listener(first).build());
                Execution b = client.queue(
                        graph(sleep("b", 3, 0.12, "PNG"), previewImage("x", "b")),
                        QueueOptions.builder().listener(second).build())) {
            a.await(LIMIT);
            b.await(LIMIT);
        }
        assertThat(only(first.awaitAll(), Preview.class))
                .isNotEmpty()
                .allMatch(preview -> preview.nodeId().orElse("").equals("a")
                        && preview.mediaType().equals("image/jpeg"));
        assertThat(only(second.awaitAll(), Preview.class))
                .isNotEmpty()
                .allMatch(preview -> preview.nodeId().orElse("").equals("b")
                        && preview.mediaType().equals("image/png"));
    }

    @Test
    void fiftyRunsEndEachWithItsOwnResult() {
        Map<String, CompletableFuture<ExecutionResult>> results = new LinkedHashMap<>();
        for (int i = 0; i < 50; i++) {
            String name = "run " + i + " " + color();
            results.put(name, client.queue(telling("1", name)).result());
        }
        results.forEach((name, result) -> assertThat(result.orTimeout(60, java.util.concurrent.TimeUnit.SECONDS)
                        .join()
                        .texts())
                .containsExactly(name));
    }

    @Test
    void oneClientServesManyThreads() {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<CompletableFuture<Integer>> sizes = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                int width = 8 + i;
                sizes.add(CompletableFuture.supplyAsync(
                        () -> io.github.comfyeks.suite.Picture.of(
                                        run(graph(emptyImage("1", width, 8, color()), previewImage("2", "1")))
                                                .images()
                                                .get(0)
                                                .bytes())
                                .width(),
                        threads));
            }
            for (int i = 0; i < sizes.size(); i++) {
                assertThat(sizes.get(i).join()).isEqualTo(8 + i);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void theSameWorkflowCanRunSeveralTimesAtOnce() {
        Workflow workflow = graph(sleep("1", 2, 0.05, "none"), previewImage("2", "1"));
        List<Execution> runs = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            runs.add(client.queue(workflow));
        }
        assertThat(runs).extracting(Execution::promptId).doesNotHaveDuplicates();
        for (Execution run : runs) {
            assertThat(run.await(LIMIT).images()).hasSize(1);
        }
    }

    @Test
    void clientsComeAndGo() {
        for (int i = 0; i < 10; i++) {
            try (ComfyClient passing = newClient()) {
                assertThat(passing.run(telling("1", "passing " + color())).texts())
                        .hasSize(1);
            }
        }
    }
}
