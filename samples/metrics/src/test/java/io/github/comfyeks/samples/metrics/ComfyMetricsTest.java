package io.github.comfyeks.samples.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.ClientOptions;
import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.error.ConnectionException;
import io.github.comfyeks.error.ExecutionFailedException;
import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.execution.ExecutionEvent;
import io.github.comfyeks.ref.ExecutionState;
import io.github.comfyeks.ref.PromptId;
import io.github.comfyeks.testing.FakeComfyExtension;
import io.github.comfyeks.testing.FakeComfyServer;
import io.github.comfyeks.testing.Submission;
import io.github.comfyeks.transport.RetryPolicy;
import io.github.comfyeks.workflow.Workflow;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FakeComfyExtension.class)
@Timeout(60)
class ComfyMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ComfyMetrics metrics = new ComfyMetrics(registry, Tags.of("server", "blue"));

    @Test
    void timesEachRouteAndCountsRunsAndBytes(FakeComfyServer server) {
        try (ComfyClient client = client(server)) {
            byte[] picture = client.run(picture(1)).images().get(0).bytes();
            client.run(picture(2));

            assertThat(registry.get("comfyui.requests")
                            .tags("route", "POST /prompt", "status", "200", "server", "blue")
                            .timer()
                            .count())
                    .isEqualTo(2);
            assertThat(registry.get("comfyui.requests")
                            .tag("route", "POST /prompt")
                            .timer()
                            .totalTime(TimeUnit.NANOSECONDS))
                    .isPositive();
            assertThat(counter("comfyui.runs", "state", "succeeded")).isEqualTo(2);
            assertThat(counter("comfyui.bytes", "direction", "read")).isGreaterThan(picture.length);
            assertThat(counter("comfyui.bytes", "direction", "written"))
                    .isGreaterThan(2 * picture(1).toJson().length());
        }
    }

    @Test
    void labelsDoNotGrowWithTheNumberOfRuns(FakeComfyServer server) {
        try (ComfyClient client = client(server)) {
            client.run(picture(1));
            client.run(picture(2));
            List<String> labels = registry.getMeters().stream()
                    .map(Meter::getId)
                    .flatMap(id -> id.getTags().stream())
                    .map(Tag::getValue)
                    .toList();
            assertThat(labels).noneMatch(label -> label.matches(".*[0-9a-f]{8}-[0-9a-f]{4}-.*"));
            assertThat(server.submissions()).extracting(Submission::promptId).doesNotContainAnyElementsOf(labels);
        }
    }

    @Test
    void aRunIsLiveWhileItRunsAndItsTimeIsTakenAtItsEnd(FakeComfyServer server) throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        server.node("EmptyImage", run -> {
            release.await();
            run.runNormally();
        });
        try (ComfyClient client = client(server);
                Execution run = client.queue(picture(1))) {
            for (ExecutionEvent event : run.events()) {
                if (event instanceof ExecutionEvent.NodeStarted && release.getCount() > 0) {
                    assertThat(registry.get("comfyui.runs.live").gauge().value())
                            .isEqualTo(1);
                    release.countDown();
                }
            }
            run.await();
        }
        assertThat(registry.get("comfyui.runs.live").gauge().value()).isZero();
        assertThat(registry.get("comfyui.runs.time")
                        .tag("state", "succeeded")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void failedRunsAreCountedApart(FakeComfyServer server) {
        server.node("EmptyImage", run -> run.fail("torch.OutOfMemoryError", "out of memory"));
        try (ComfyClient client = client(server)) {
            assertThatThrownBy(() -> client.run(picture(1))).isInstanceOf(ExecutionFailedException.class);
        }
        assertThat(counter("comfyui.runs", "state", "failed")).isEqualTo(1);
        assertThat(registry.find("comfyui.runs").tag("state", "succeeded").counter())
                .isNull();
    }

    @Test
    void retriesAndTheirStatusAreCounted(FakeComfyServer server) {
        try (ComfyClient client = client(server)) {
            server.faults().badGatewayTimes(2);
            client.server().systemStats();
        }
        assertThat(counter("comfyui.retries", "route", "GET /system_stats")).isEqualTo(2);
        assertThat(registry.get("comfyui.requests").tag("status", "502").timer().count())
                .isEqualTo(2);
    }

    @Test
    void aServerThatDoesNotAnswerIsStatusZero(FakeComfyServer server) {
        URI gone = server.uri();
        server.close();
        ClientOptions options = ClientOptions.builder(gone)
                .observer(metrics)
                .retry(RetryPolicy.none())
                .build();
        try (ComfyClient client = ComfyClient.create(options)) {
            assertThatThrownBy(() -> client.server().systemStats()).isInstanceOf(ConnectionException.class);
        }
        assertThat(registry.get("comfyui.requests").tag("status", "0").timer().count())
                .isEqualTo(1);
    }

    @Test
    void droppedSocketsAreCounted(FakeComfyServer server) {
        server.faults().dropSocketAfterEvents(3);
        try (ComfyClient client = client(server)) {
            client.run(picture(1));
        }
        assertThat(counter("comfyui.socket", "event", "opened")).isPositive();
        assertThat(counter("comfyui.socket", "event", "dropped")).isPositive();
    }

    @Test
    void suspicionsAndStallsAreCounted() {
        metrics.onSocketSuspect("the queue moved and no event came");
        metrics.onQueueStalled(3, Duration.ofMinutes(1));

        assertThat(counter("comfyui.socket", "event", "suspected")).isEqualTo(1);
        assertThat(registry.get("comfyui.queue.stalls").counter().count()).isEqualTo(1);
    }

    @Test
    void aRunThatEndsUnseenIsCountedAndNeverLive() {
        metrics.onStateChange(PromptId.random(), ExecutionState.QUEUED, ExecutionState.LOST);

        assertThat(counter("comfyui.runs", "state", "lost")).isEqualTo(1);
        assertThat(registry.get("comfyui.runs.live").gauge().value()).isZero();
    }

    private ComfyClient client(FakeComfyServer server) {
        return ComfyClient.create(
                ClientOptions.builder(server.uri()).observer(metrics).build());
    }

    private double counter(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    private static Workflow picture(int color) {
        return Workflow.parse("""
                {"1": {"class_type": "EmptyImage", "inputs": {"width": 16, "height": 16, "batch_size": 1, "color": %d}},
                 "2": {"class_type": "SaveImage", "inputs": {"images": ["1", 0], "filename_prefix": "metrics"}}}""".formatted(color));
    }
}
