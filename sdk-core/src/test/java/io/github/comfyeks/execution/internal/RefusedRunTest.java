package io.github.comfyeks.execution.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.comfyeks.ClientOptions;
import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.error.AuthenticationException;
import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.execution.ExecutionEvent;
import io.github.comfyeks.ref.ExecutionRef;
import io.github.comfyeks.ref.ExecutionState;
import io.github.comfyeks.testing.FakeComfyExtension;
import io.github.comfyeks.testing.FakeComfyServer;
import io.github.comfyeks.transport.RetryPolicy;
import io.github.comfyeks.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A run whose server does not let us look at it. */
@ExtendWith(FakeComfyExtension.class)
@Timeout(60)
class RefusedRunTest {
    private static final Workflow PICTURE = Workflow.parse("""
            {"1": {"class_type": "EmptyImage", "inputs": {"width": 8, "height": 8, "batch_size": 1, "color": 255}},
             "2": {"class_type": "PreviewImage", "inputs": {"images": ["1", 0]}}}""");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static ComfyClient client(FakeComfyServer server, RetryPolicy retry) {
        return ComfyClient.create(
                ClientOptions.builder(server.uri()).retry(retry).build());
    }

    private static ExecutionRef waiting(FakeComfyServer server) {
        server.pause();
        try (ComfyClient first = client(server, RetryPolicy.standard());
                Execution run = first.queue(PICTURE)) {
            return run.ref();
        }
    }

    @Test
    void anAttachedRunIsLetGoOnceEveryLookIsRefusedForLong(FakeComfyServer server) {
        ExecutionRef ref = waiting(server);
        server.faults().unauthorizedWhileBooting(Integer.MAX_VALUE);
        try (ComfyClient client = client(server, RetryPolicy.none());
                Execution run = client.attach(ref)) {
            List<ExecutionEvent> events = new ArrayList<>();
            run.events().forEach(events::add);
            AuthenticationException refused =
                    catchThrowableOfType(AuthenticationException.class, () -> run.await(LIMIT));
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused).hasMessageContaining(ref.promptId().value()).hasMessageContaining("on the server");
            assertThat(run.state()).isEqualTo(ExecutionState.QUEUED);
            assertThat(events).last().isInstanceOf(ExecutionEvent.Detached.class);
        }
        server.faults().clear();
        server.resume();
        try (ComfyClient again = client(server, RetryPolicy.standard());
                Execution found = again.attach(ref)) {
            assertThat(found.await(LIMIT).images()).hasSize(1);
        }
    }

    @Test
    void aSubmittedRunIsLetGoWhenTheCredentialsStopToCount(FakeComfyServer server) {
        server.pause();
        try (ComfyClient client = client(server, RetryPolicy.none());
                Execution run = client.queue(PICTURE)) {
            server.faults().unauthorizedWhileBooting(Integer.MAX_VALUE);
            server.faults().dropSocketsNow();
            assertThat(catchThrowableOfType(AuthenticationException.class, () -> run.await(LIMIT)))
                    .isNotNull();
        }
    }

    @Test
    void aServerThatRefusesWhileItBootsLosesNoRun(FakeComfyServer server) {
        ExecutionRef ref = waiting(server);
        server.faults().unauthorizedWhileBooting(10);
        server.resume();
        try (ComfyClient client = client(server, RetryPolicy.standard());
                Execution run = client.attach(ref)) {
            assertThat(run.await(LIMIT).images()).hasSize(1);
        }
    }
}
