package io.github.comfyeks.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.testing.FakeComfyExtension;
import io.github.comfyeks.testing.FakeComfyServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is the matter with the address, the server or the command line itself. */
@ExtendWith(FakeComfyExtension.class)
@Timeout(60)
class FailuresTest {
    @ParameterizedTest
    @ValueSource(strings = {"status", "queue", "watch", "nodes", "models server", "free"})
    void aServerThatIsNotThereIsOneLine(String command) {
        URI gone;
        try (FakeComfyServer server = FakeComfyServer.create()) {
            gone = server.uri();
        }
        Cli.on(gone, (command + " --retry-for 0s").split(" ")).failed(3, gone.toString());
    }

    @Test
    void attachDoesNotWaitForAServerThatIsNotThere() {
        URI gone;
        try (FakeComfyServer server = FakeComfyServer.create()) {
            gone = server.uri();
        }
        Cli.on(gone, "attach", "some-id", "--retry-for", "0s").failed(3, gone.toString());
    }

    @Test
    void aPageInsteadOfAnAnswerIsNoComfyUi(FakeComfyServer server) {
        server.answer("GET", "/system_stats", 200, "text/html", "<html>\n<body>Welcome to nginx</body></html>");
        Cli.on(server.uri(), "status").failed(3, "GET /system_stats");
    }

    @Test
    void aWrongTokenIsTheServersRefusal(FakeComfyServer server) {
        server.answer("GET", "/system_stats", 401, "text/plain", "who are you?");

        Cli refused =
                Cli.run(Map.of("COMFYEKS_SERVER", server.uri().toString(), "COMFYEKS_TOKEN", "very-secret"), "status");

        refused.failed(3, "401");
        assertThat(refused.err()).doesNotContain("very-secret");
    }

    @Test
    void aRefusalThatPassesIsNotShown(FakeComfyServer server) {
        server.faults().badGatewayTimes(2);
        Cli.ok(server.uri(), "status");
    }

    @Test
    void theOptionIsBeforeTheVariable(FakeComfyServer server) {
        Cli done = Cli.run(
                Map.of("COMFYEKS_SERVER", "http://127.0.0.1:1"), "status", "--server", "127.0.0.1:" + server.port());

        assertThat(done.exit()).as(done.err()).isEqualTo(0);
    }

    @Test
    void anAddressThatIsNoneIsWrongUsage() {
        Cli.run(Map.of(), "status", "--server", "http://[").failed(2, "--server http://[");
        Cli.run(Map.of("COMFYEKS_SERVER", "http://["), "status").failed(2, "COMFYEKS_SERVER=http://[");
        Cli.run(Map.of(), "status", "--server", "ftp://there").failed(2, "ftp://there");
        Cli.run(Map.of(), "attach", "http://a b#prompt=1").failed(2, "a b");
        Cli.run(Map.of(), "attach", "http://there#x").failed(2, "not an execution reference");
    }

    @Test
    void aHeaderWithoutNameIsWrongUsage(FakeComfyServer server) {
        Cli.on(server.uri(), "status", "--header", "bogus").failed(2, "'bogus'");
        Cli.ok(server.uri(), "status", "--header", "X-Team: castle");
    }

    @Test
    void wrongWordsOfTheCommandLineAreOneLine(FakeComfyServer server) {
        Cli.on(server.uri(), "statsu").failed(2, "'statsu'", "did you mean status");
        Cli.on(server.uri(), "status", "--jsn").failed(2, "--jsn", "--json", "comfyeks status --help");
        Cli.on(server.uri(), "cancel").failed(2, "ID");
        Cli.on(server.uri(), "doctor", "--patience", "x").failed(2, "'x' is no duration");
    }

    @Test
    void helpNamesCommandsAndExitCodes() {
        Cli help = Cli.run(Map.of(), "--help");
        assertThat(help.exit()).isEqualTo(0);
        for (String command : List.of(
                "run",
                "attach",
                "cancel",
                "status",
                "queue",
                "watch",
                "history",
                "nodes",
                "models",
                "upload",
                "download",
                "free",
                "fake",
                "doctor")) {
            assertThat(help.out()).containsPattern("(?m)^  " + command + " ");
            assertThat(Cli.run(Map.of(), command, "--help").exit()).isEqualTo(0);
        }
        assertThat(help.out()).contains("Exit codes:", "130");
        assertThat(Cli.run(Map.of(), "--version").out()).contains("comfyeks 0.1.0");

        Cli nothing = Cli.run(Map.of());
        assertThat(nothing.exit()).isEqualTo(2);
        assertThat(nothing.err()).contains("Usage: comfyeks");
    }

    @Test
    void messagesOfManyLinesBecomeOne() {
        StringWriter text = new StringWriter();
        Comfyeks.tell(new PrintWriter(text), "2 problems\n  - a\r\n  - b\n");
        assertThat(text.toString().strip()).isEqualTo("comfyeks: 2 problems; a; b");
    }
}
