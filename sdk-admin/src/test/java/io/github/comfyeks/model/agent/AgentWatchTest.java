package io.github.comfyeks.model.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.model.store.ModelKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An agent that runs by itself. */
@Timeout(60)
class AgentWatchTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(20);

    @TempDir
    private Path temp;

    private Bench bench;
    private final BlockingQueue<AgentReport> reports = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() throws IOException {
        bench = new Bench(temp);
        watch(LONG, LONG);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private void watch(Duration poll, Duration fullPass) {
        bench.options = options -> options.poll(poll).fullPass(fullPass).listener(new AgentListener() {
            @Override
            public void onReport(AgentReport report) {
                reports.add(report);
                throw new IllegalStateException("a listener's own trouble");
            }

            @Override
            public void onReady() {
                events.add("ready");
            }
        });
    }

    private AgentReport report() throws InterruptedException {
        AgentReport report = reports.poll(30, TimeUnit.SECONDS);
        assertThat(report).isNotNull();
        return report;
    }

    @Test
    void itLooksAtOnceAndWhenNudged() throws Exception {
        bench.put("loras/a.pt", "a");
        try (NodeAgent agent = bench.agent()) {
            agent.start();
            assertThat(report().copied()).hasSize(1);
            assertThat(events.poll(30, TimeUnit.SECONDS)).isEqualTo("ready");
            bench.put("loras/b.pt", "b");
            agent.nudge();
            assertThat(report().copied()).containsExactly(new ModelKey("loras/b.pt"));
        }
    }

    @Test
    void itLooksWhenTheManifestChanges() throws Exception {
        watch(SHORT, LONG);
        bench.manifest(1, "");
        try (NodeAgent agent = bench.agent()) {
            agent.start();
            assertThat(report().generation()).isEqualTo(1);
            bench.put("loras/b.pt", "b");
            bench.manifest(2, "");
            AgentReport second = report();
            assertThat(second.generation()).isEqualTo(2);
            assertThat(second.copied()).hasSize(1);
        }
        assertThat(bench.bucket.lists).hasValue(2);
    }

    @Test
    void itLooksEveryFewMinutesWhateverTheManifestSays() throws Exception {
        watch(LONG, SHORT);
        try (NodeAgent agent = bench.agent()) {
            agent.start();
            report();
            bench.put("loras/b.pt", "b");
            while (report().copied().isEmpty()) {
                assertThat(agent.status().troubled()).isNull();
            }
        }
    }

    @Test
    void whatFailedIsTriedAgainAfterAPoll() throws Exception {
        watch(SHORT, LONG);
        bench.put("loras/a.pt", "a");
        bench.bucket.listing = real -> {
            throw new IllegalStateException("the server's own trouble");
        };
        try (NodeAgent agent = bench.agent()) {
            agent.start();
            assertThat(report().problem()).isNotEmpty();
            bench.bucket.listing = real -> real;
            AgentReport report = report();
            while (report.copied().isEmpty()) {
                report = report();
            }
            assertThat(report.inStep()).isTrue();
        }
    }

    @Test
    void programsOnTheNodeAskAndNudge() throws Exception {
        bench.manifest(3, "");
        bench.put("loras/龙.pt", "a");
        try (NodeAgent agent = bench.agent();
                AgentEndpoint endpoint = AgentEndpoint.open(agent, 0)) {
            agent.start();
            report();
            assertThat(ask("POST", endpoint.uri().resolve("/nudge"))).startsWith("202");
            assertThat(report().kept()).isEqualTo(1);
            assertThat(ask("GET", endpoint.uri().resolve("/status")))
                    .contains("\"generation\":3", "\"ready\":true", "\"last\":{", "\"inStep\":true");
            assertThat(ask("GET", endpoint.uri().resolve("/healthz"))).isEqualTo("200 ok\n");
            assertThat(ask("GET", endpoint.uri().resolve("/nudge"))).startsWith("404");
        }
    }

    @Test
    void anAgentWithoutABucketForLongIsNotHealthy() throws Exception {
        watch(SHORT, Duration.ofNanos(1));
        bench.s3.deleteBucket(request -> request.bucket(Bench.BUCKET));
        try (NodeAgent agent = bench.agent();
                AgentEndpoint endpoint = AgentEndpoint.open(agent, 0)) {
            agent.start();
            report();
            assertThat(ask("GET", endpoint.uri().resolve("/healthz")))
                    .startsWith("503")
                    .contains("NoSuchBucket");
        }
    }

    private static String ask(String method, URI uri) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setRequestMethod(method);
        int status = connection.getResponseCode();
        try (InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return status + " " + new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void closingStopsACopyAndKeepsWhatIsThere() throws Exception {
        byte[] content = new byte[4 * (8 << 20)];
        bench.putProved("loras/a.pt", content);
        BlockingQueue<String> ranges = new LinkedBlockingQueue<>();
        bench.options = options -> options.parallel(1);
        bench.bucket.reading = (request, real) -> {
            ranges.add(request.range());
            return real.get();
        };
        try (NodeAgent agent = bench.agent()) {
            agent.start();
            for (int part = 0; part < 3; part++) {
                assertThat(ranges.poll(30, TimeUnit.SECONDS)).isNotNull();
            }
        }
        assertThat(bench.partials()).isEqualTo(2);
        assertThat(bench.sync().bytes()).isLessThan(content.length);
        assertThat(bench.files()).containsEntry("loras/a.pt", Bench.sha256(content));
    }
}
