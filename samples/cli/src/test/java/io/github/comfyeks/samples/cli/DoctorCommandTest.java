package io.github.comfyeks.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.testing.FakeComfyExtension;
import io.github.comfyeks.testing.FakeComfyServer;
import io.github.comfyeks.workflow.Workflow;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FakeComfyExtension.class)
@Timeout(60)
class DoctorCommandTest {
    @Test
    void aHealthyServerPassesEachCheck(FakeComfyServer server) {
        Cli done = Cli.ok(server.uri(), "doctor", "--json");

        assertThat(done.json())
                .extracting(line -> line.path("check").asText())
                .containsExactly("reach", "version", "latency", "socket", "cookies", "clock", "queue");
        assertThat(done.json()).allSatisfy(line -> {
            assertThat(line.path("ok").asBoolean()).as(line.toString()).isTrue();
            assertThat(line.path("text").asText()).isNotEmpty();
        });
        assertThat(Cli.ok(server.uri(), "doctor").lines()).allMatch(line -> line.startsWith("ok    "));
    }

    @Test
    void aServerThatIsNotThereIsToldAtOnce() {
        URI gone;
        try (FakeComfyServer server = FakeComfyServer.create()) {
            gone = server.uri();
        }

        Cli done = Cli.on(gone, "doctor");

        assertThat(done.exit()).isEqualTo(3);
        assertThat(done.lines())
                .singleElement()
                .asString()
                .startsWith("WRONG reach")
                .contains(gone.toString());
    }

    @Test
    void aDeadWorkerIsSeenThoughOthersStillSubmit(FakeComfyServer server) {
        server.faults().killWorker();
        Workflow picture = Workflow.parse(Cli.PICTURE);
        try (ComfyClient client = ComfyClient.create(server.uri());
                Execution waits = client.queue(picture)) {
            Cli done = Cli.on(server.uri(), "doctor", "--patience", "300ms", "--json");

            assertThat(done.exit()).isEqualTo(3);
            assertThat(wrong(done)).containsExactly("queue");
            assertThat(done.out()).contains("worker is dead");
            assertThat(waits.state().isTerminal()).isFalse();
        }
    }

    @Test
    void aQueueThatOnlyWaitsItsTurnIsFine(FakeComfyServer server) throws InterruptedException {
        server.jobTime(Duration.ofSeconds(20));
        try (ComfyClient client = ComfyClient.create(server.uri());
                Execution runs = client.queue(Workflow.parse(Cli.PICTURE))) {
            assertThat(server.awaitRunning(Duration.ofSeconds(10))).isTrue();

            assertThat(Cli.ok(server.uri(), "doctor").out()).contains("1 running, 0 waiting");
            runs.interrupt();
        }
    }

    @Test
    void aSilentSocketIsWrong(FakeComfyServer server) {
        server.faults().goSilent();

        Cli done = Cli.on(server.uri(), "doctor", "--patience", "300ms", "--json");

        assertThat(done.exit()).isEqualTo(3);
        assertThat(wrong(done)).containsExactly("socket");
        assertThat(done.out()).contains("no greeting within 300 ms");
    }

    @Test
    void anOldServerIsToldToUpdate(FakeComfyServer server) {
        server.answer(
                "GET",
                "/system_stats",
                200,
                "application/json",
                "{\"system\": {\"comfyui_version\": \"0.3.10\"}, \"devices\": []}");

        Cli done = Cli.on(server.uri(), "doctor", "--json");

        assertThat(done.exit()).isEqualTo(3);
        assertThat(wrong(done)).containsExactly("version");
    }

    @Test
    void oneRouteThatFailsDoesNotEndTheOtherChecks(FakeComfyServer server) {
        server.answer("GET", "/queue", 500, "text/plain", "broken");

        Cli done = Cli.on(server.uri(), "doctor", "--json");

        assertThat(done.exit()).isEqualTo(3);
        assertThat(wrong(done)).containsExactly("queue");
        assertThat(done.json()).hasSize(7);
    }

    @Test
    void aLoadBalancersCookiesAreNamed(FakeComfyServer server) {
        server.faults().affinityCookies();

        assertThat(Cli.ok(server.uri(), "doctor").out()).contains("affinity by").contains("AWSALB");
    }

    @Test
    void versionsAreComparedAsNumbers() {
        assertThat(DoctorCommand.isAtLeast("0.33.0", 0, 3, 64)).isTrue();
        assertThat(DoctorCommand.isAtLeast("0.3.64", 0, 3, 64)).isTrue();
        assertThat(DoctorCommand.isAtLeast("1.0", 0, 3, 64)).isTrue();
        assertThat(DoctorCommand.isAtLeast("0.3.7", 0, 3, 64)).isFalse();
        assertThat(DoctorCommand.isAtLeast("unknown", 0, 3, 64)).isFalse();
    }

    private static List<String> wrong(Cli done) {
        return done.json().stream()
                .filter(line -> !line.path("ok").asBoolean())
                .map((JsonNode line) -> line.path("check").asText())
                .toList();
    }
}
