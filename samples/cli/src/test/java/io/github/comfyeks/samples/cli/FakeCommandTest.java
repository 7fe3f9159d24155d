package io.github.comfyeks.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.comfyeks.testing.FakeComfyServer;
import java.io.BufferedReader;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FakeCommandTest {
    @Test
    void servesUntilItIsStopped() throws Exception {
        StringWriter err = new StringWriter();
        PipedReader pipe = new PipedReader();
        PipedWriter end = new PipedWriter(pipe);
        FutureTask<Integer> command = new FutureTask<>(() -> Comfyeks.commandLine(Map.of())
                .setOut(new PrintWriter(end, true))
                .setErr(new PrintWriter(err, true))
                .execute("fake", "--port", "0", "--comfyui", "0.8.0", "--job-time", "1ms", "--json"));
        Thread thread = new Thread(command, "fake");
        thread.start();
        try (BufferedReader lines = new BufferedReader(pipe)) {
            URI uri = URI.create(JsonMapper.builder()
                    .build()
                    .readTree(lines.readLine())
                    .path("server")
                    .asText());

            assertThat(Cli.ok(uri, "status").out()).contains("ComfyUI 0.8.0");

            thread.interrupt();
            assertThat(command.get(20, TimeUnit.SECONDS)).isEqualTo(ExitCodes.CTRL_C);
            assertThat(err.toString()).isEmpty();
            Cli.on(uri, "status", "--retry-for", "0s").failed(3, uri.toString());
        }
    }

    @Test
    void aPortThatIsTakenIsOneLine() {
        try (FakeComfyServer server = FakeComfyServer.create()) {
            Cli.run(Map.of(), "fake", "--port", String.valueOf(server.port()))
                    .failed(2, "cannot listen on 127.0.0.1:" + server.port());
        }
    }

    @Test
    void whatCannotBeServedIsWrongUsage() {
        Cli.run(Map.of(), "fake", "--port", "99999").failed(2, "99999");
        Cli.run(Map.of(), "fake", "--port", "x").failed(2, "--port");
        Cli.run(Map.of(), "fake", "--comfyui", "newest").failed(2, "newest");
    }
}
