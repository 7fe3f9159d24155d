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

/** Ctrl-C, as far as it can be had without a process: the hook that it runs. */
@ExtendWith(FakeComfyExtension.class)
@Timeout(60)
class OwnRunsTest {
    private static final String SLEEP = """
            {"1": {"class_type": "ProbeSleep", "inputs": {"steps": 1000, "delay": 0.05, "preview": "none", "seed": 1}},
             "2": {"class_type": "PreviewImage", "inputs": {"images": ["1", 0]}}}""";

    @Test
    void ctrlCEndsTheRunsOfTheCommandAndNoOther(FakeComfyServer server) throws InterruptedException {
        try (ComfyClient others = ComfyClient.create(server.uri());
                ComfyClient client = ComfyClient.create(server.uri());
                OwnRuns own = new OwnRuns(client);
                Execution running = client.queue(Workflow.parse(SLEEP))) {
            assertThat(server.awaitRunning(Duration.ofSeconds(10))).isTrue();
            Execution stranger = others.queue(Workflow.parse(Cli.PICTURE));
            Execution waiting = client.queue(Workflow.parse(Cli.PICTURE));
            Execution done = client.queue(Workflow.parse(Cli.PICTURE.replace("castle", "kept")));
            own.add(running);
            own.add(waiting);
            own.add(done);
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
            run = client.queue(Workflow.parse(Cli.PICTURE));
            own.add(run);
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
        own.add(client.queue(Workflow.parse(Cli.PICTURE)));
        server.close();

        long start = System.nanoTime();
        own.interruptAll();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        own.close();
    }
}
