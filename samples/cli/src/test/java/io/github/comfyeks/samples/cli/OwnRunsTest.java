package io.github.comfyeks.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.error.ExecutionInterruptedException;
import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.testing.FakeComfyExtension;
import io.github.comfyeks.testing.FakeComfyServer;
import io.github.comfyeks.workflow.Workflow;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Ctrl-C runs; {@link CtrlCTest} sends one. */
@ExtendWith(FakeComfyExtension.class)
@Timeout(60)
class OwnRunsTest {
    private static final String SLEEP = """
            {"1": {"class_type": "ProbeSleep", "inputs": {"steps": 1000, "delay": 0.05, "preview": "none", "seed": 1}},
             "2": {"class_type": "PreviewImage", "inputs": {"images": ["1", 0]}}}""";

    private static Execution submit(OwnRuns own, ComfyClient client, String workflow) {
        return own.submit(() -> client.queue(Workflow.parse(workflow))).orElseThrow();
    }

    @Test
    void nothingIsSubmittedAfterCtrlC(FakeComfyServer server) {
        ComfyClient client = ComfyClient.create(server.uri());
        OwnRuns own = new OwnRuns(client);

        own.interruptAll();

        assertThat(own.submit(() -> client.queue(Workflow.parse(Cli.PICTURE)))).isEmpty();
        assertThat(server.submissions()).isEmpty();
        own.close();
    }

    @Test
    void ctrlCEndsTheRunsOfTheCommandAndNoOther(FakeComfyServer server) throws InterruptedException {
        try (ComfyClient others = ComfyClient.create(server.uri());
                ComfyClient client = ComfyClient.create(server.uri());
                OwnRuns own = new OwnRuns(client);
                Execution running = submit(own, client, SLEEP)) {
            assertThat(server.awaitRunning(Duration.ofSeconds(10))).isTrue();
            Execution stranger = others.queue(Workflow.parse(Cli.PICTURE));
            Execution waiting = submit(own, client, Cli.PICTURE);
            Execution done = submit(own, client, Cli.PICTURE.replace("castle", "kept"));
            own.remove(done);

            own.interruptAll();

            assertThat(stranger.await().images()).hasSize(1);
            assertThat(server.awaitIdle(Duration.ofSeconds(10))).isTrue();
            try (Execution look = others.attach(running.promptId())) {
                assertThatThrownBy(look::await).isInstanceOf(ExecutionInterruptedException.class);
            }
            assertThat(server.run(waiting.promptId().value()))
                    .hasValueSatisfying(run -> assertThat(run.started()).isZero());
            assertThat(server.run(done.promptId().value()))
                    .hasValueSatisfying(run -> assertThat(run.ended()).isEqualTo(1));
        }
    }

    @Test
    void closingEndsNoRun(FakeComfyServer server) {
        Execution run;
        try (ComfyClient client = ComfyClient.create(server.uri());
                OwnRuns own = new OwnRuns(client)) {
            server.pause();
            run = submit(own, client, Cli.PICTURE);
        }
        server.resume();
        try (ComfyClient again = ComfyClient.create(server.uri());
                Execution found = again.attach(run.ref())) {
            assertThat(found.await().images()).hasSize(1);
        }
    }

    @Test
    void aServerThatIsGoneDoesNotHoldCtrlCUp(FakeComfyServer server) {
        ComfyClient client = ComfyClient.create(server.uri());
        OwnRuns own = new OwnRuns(client);
        server.pause();
        Execution unused = submit(own, client, Cli.PICTURE);
        assertThat(unused.workflow()).isPresent();
        server.close();

        long start = System.nanoTime();
        own.interruptAll();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        own.close();
    }
}
