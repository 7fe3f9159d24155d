package io.github.comfyeks.execution.internal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.error.ExecutionInterruptedException;
import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.execution.ExecutionEvent;
import io.github.comfyeks.execution.LetGo;
import io.github.comfyeks.execution.QueueOptions;
import io.github.comfyeks.testing.FakeComfyExtension;
import io.github.comfyeks.testing.FakeComfyServer;
import io.github.comfyeks.workflow.Workflow;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server forgets an interrupt that comes while it takes the prompt from its queue. */
@ExtendWith(FakeComfyExtension.class)
@Timeout(60)
class LostInterruptTest {
    private static final Workflow LONG = Workflow.parse("""
            {"1": {"class_type": "ProbeSleep", "inputs": {"steps": 1000, "delay": 0.1, "preview": "none", "seed": 1}},
             "2": {"class_type": "PreviewImage", "inputs": {"images": ["1", 0]}}}""");

    @Test
    void aRunThatWasLetGoIsAskedAgainUntilItIsGone(FakeComfyServer server) {
        server.faults().loseInterrupts(3);
        try (ComfyClient client = ComfyClient.create(server.uri())) {
            Execution run = client.queue(
                    LONG, QueueOptions.builder().letGo(LetGo.INTERRUPT).build());
            for (ExecutionEvent event : run.events()) {
                if (event instanceof ExecutionEvent.NodeStarted) {
                    run.close();
                }
            }
            try (Execution seen = client.attach(run.promptId())) {
                assertThatThrownBy(() -> seen.await(Duration.ofSeconds(30)))
                        .isInstanceOf(ExecutionInterruptedException.class);
            }
        }
    }
}
