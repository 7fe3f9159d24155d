package io.github.comfyeks.contract;

import static io.github.comfyeks.suite.Graphs.quick;
import static io.github.comfyeks.suite.Graphs.sleeping;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.execution.ExecutionEvent;
import io.github.comfyeks.execution.ExecutionEvent.Position;
import io.github.comfyeks.execution.ExecutionEvent.Queued;
import io.github.comfyeks.execution.QueueOptions;
import io.github.comfyeks.ref.ExecutionState;
import io.github.comfyeks.suite.Recorder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** In which order the server takes what waits. */
class QueueOrderContractTest extends ContractTest {
    private static final QueueOptions PLAIN = QueueOptions.standard();
    private static final QueueOptions FRONT = QueueOptions.builder().front().build();

    private static QueueOptions number(double number) {
        return QueueOptions.builder().number(number).build();
    }

    /** Queues all while the server is busy, and answers their names in the order in which they began. */
    private List<String> orderOf(Map<String, QueueOptions> wanted) {
        Map<String, Execution> runs = new LinkedHashMap<>();
        try (Hold hold = new Hold()) {
            wanted.forEach((name, options) -> runs.put(name, client.queue(sleeping(1, 0.02), options)));
            hold.release();
        }
        Map<String, Instant> starts = new HashMap<>();
        runs.forEach(
                (name, run) -> starts.put(name, run.await(LIMIT).startedAt().orElseThrow()));
        List<String> order = new ArrayList<>(runs.keySet());
        order.sort(Comparator.comparing(name -> starts.getOrDefault(name, Instant.MAX)));
        return order;
    }

    private static Map<String, QueueOptions> inTurn(Object... namesAndOptions) {
        Map<String, QueueOptions> all = new LinkedHashMap<>();
        for (int i = 0; i < namesAndOptions.length; i += 2) {
            all.put((String) namesAndOptions[i], (QueueOptions) namesAndOptions[i + 1]);
        }
        return all;
    }

    @Test
    void firstComeFirstServed() {
        assertThat(orderOf(inTurn("a", PLAIN, "b", PLAIN, "c", PLAIN))).containsExactly("a", "b", "c");
    }

    @Test
    void theFrontOvertakes() {
        assertThat(orderOf(inTurn("a", PLAIN, "b", PLAIN, "front", FRONT))).containsExactly("front", "a", "b");
    }

    @Test
    void aLaterFrontOvertakesAnEarlierOne() {
        assertThat(orderOf(inTurn("a", PLAIN, "front 1", FRONT, "front 2", FRONT)))
                .containsExactly("front 2", "front 1", "a");
    }

    @Test
    void theLowestNumberIsFirst() {
        assertThat(orderOf(inTurn("2.5", number(-1e9 + 2.5), "1", number(-1e9 + 1), "2", number(-1e9 + 2))))
                .containsExactly("1", "2", "2.5");
    }

    @Test
    void aNumberBeatsTheFront() {
        assertThat(orderOf(inTurn("front", FRONT, "number", number(-2e9)))).containsExactly("number", "front");
    }

    @Test
    void theNumberIsToldAsTheServerTookIt() {
        Recorder recorder = new Recorder();
        try (Execution run = client.queue(
                quick(), QueueOptions.builder().number(-12.5).listener(recorder).build())) {
            run.await(LIMIT);
            assertThat(recorder.await(Queued.class).number()).isEqualTo(-12.5);
        }
    }

    @Test
    void numbersCountUp() {
        Recorder first = new Recorder();
        Recorder second = new Recorder();
        try (Execution a = client.queue(
                        quick(), QueueOptions.builder().listener(first).build());
                Execution b = client.queue(
                        quick(), QueueOptions.builder().listener(second).build())) {
            a.await(LIMIT);
            b.await(LIMIT);
        }
        assertThat(second.await(Queued.class).number())
                .isGreaterThan(first.await(Queued.class).number());
    }

    @Test
    void aWaitingRunKnowsItsPlace() {
        Recorder recorder = new Recorder();
        try (Hold hold = new Hold()) {
            Execution run = client.queue(
                    quick(), QueueOptions.builder().listener(recorder).build());
            assertThat(recorder.await(Position.class).position()).isGreaterThanOrEqualTo(1);
            assertThat(run.state()).isEqualTo(ExecutionState.QUEUED);
            assertThat(raw.isPending(run.promptId())).isTrue();
            hold.release();
            run.await(LIMIT);
            assertThat(run.progress().queuePosition()).isEmpty();
            assertThat(recorder.awaitAll()).contains(new ExecutionEvent.Ended(ExecutionState.SUCCEEDED));
        }
    }
}
