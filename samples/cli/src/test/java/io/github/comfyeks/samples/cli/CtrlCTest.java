package io.github.comfyeks.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.error.ExecutionInterruptedException;
import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.ref.PromptId;
import io.github.comfyeks.testing.FakeComfyExtension;
import io.github.comfyeks.testing.FakeComfyServer;
import io.github.comfyeks.testing.Submission;
import io.github.comfyeks.workflow.Workflow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C as a terminal sends it, to the command as a process of its own. */
@ExtendWith(FakeComfyExtension.class)
@DisabledOnOs(OS.WINDOWS) // has no SIGINT
@Timeout(60)
class CtrlCTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String ENDLESS = """
            {"1": {"class_type": "ProbeSleep", "inputs": {"steps": 1000, "delay": 0.05, "preview": "none", "seed": 1}},
             "2": {"class_type": "PreviewImage", "inputs": {"images": ["1", 0]}}}""";

    @TempDir
    Path folder;

    private final List<Command> commands = new ArrayList<>();

    @AfterEach
    void endCommands() {
        commands.forEach(command -> command.process.destroyForcibly());
    }

    /** The command under way, as a shell starts it. */
    private record Command(Process process, BufferedReader out, Path err) {
        /** Reads on until so many lines have told of this event. */
        void awaitEvents(String event, int count) {
            for (int told = 0; told < count; ) {
                String line = line();
                assertThat(line)
                        .as("a line about %s; it said: %s", event, errors())
                        .isNotNull();
                told += line.contains("\"event\":\"" + event + "\"") ? 1 : 0;
            }
        }

        private String line() {
            try {
                return out.readLine();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String errors() {
            try {
                return Files.readString(err);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        int exitAfterCtrlC() throws IOException, InterruptedException {
            Process kill = new ProcessBuilder("sh", "-c", "kill -INT " + process.pid()).start();
            assertThat(kill.waitFor()).isZero();
            while (line() != null) {
                // what it still had to say must not hold it up
            }
            assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        }
    }

    private Command start(FakeComfyServer server, String... arguments) throws IOException {
        Path err = folder.resolve("err-" + commands.size() + ".txt");
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Comfyeks.class.getName()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line).redirectError(err.toFile());
        builder.environment().put("COMFYEKS_SERVER", server.uri().toString());
        Process process = builder.start();
        Command command = new Command(process, process.inputReader(), err);
        commands.add(command);
        return command;
    }

    @Test
    void interruptsTheRunOfTheCommandAndExitsWith130(FakeComfyServer server) throws Exception {
        Path workflow = Cli.file(folder, "endless.json", ENDLESS);
        try (ComfyClient others = ComfyClient.create(server.uri())) {
            Command command = start(server, "run", workflow.toString(), "--json");
            command.awaitEvents("progress", 1);
            Execution stranger = others.queue(Workflow.parse(Cli.PICTURE));

            assertThat(command.exitAfterCtrlC()).as(command::errors).isEqualTo(130);

            assertThat(stranger.await(LIMIT).images()).hasSize(1);
            assertInterrupted(others, server.submissions().get(0).promptId());
            assertThat(command.errors()).isEmpty();
        }
    }

    @Test
    void takesItsWaitingRunsOutOfTheQueueAndNoOthers(FakeComfyServer server) throws Exception {
        Path workflow = Cli.file(folder, "endless.json", ENDLESS);
        try (ComfyClient others = ComfyClient.create(server.uri())) {
            Command command = start(server, "run", workflow.toString(), "--json", "--count", "4", "--in-flight", "3");
            command.awaitEvents("queued", 3);
            command.awaitEvents("progress", 1);
            Execution stranger = others.queue(Workflow.parse(Cli.PICTURE));

            assertThat(command.exitAfterCtrlC()).as(command::errors).isEqualTo(130);

            assertThat(stranger.await(LIMIT).images()).hasSize(1);
            assertThat(server.awaitIdle(LIMIT)).isTrue();
            List<String> own = server.submissions().stream()
                    .map(Submission::promptId)
                    .filter(id -> !id.equals(stranger.promptId().value()))
                    .toList();
            assertThat(own).hasSize(3);
            assertThat(own.stream().filter(id -> server.run(id).orElseThrow().started() > 0))
                    .singleElement()
                    .satisfies(id -> assertInterrupted(others, id));
            assertThat(command.errors()).isEmpty();
        }
    }

    @Test
    void leavesARunAloneThatTheCommandOnlyFollows(FakeComfyServer server) throws Exception {
        server.pause();
        try (ComfyClient others = ComfyClient.create(server.uri());
                Execution stranger = others.queue(Workflow.parse(Cli.PICTURE))) {
            Command command = start(server, "attach", stranger.promptId().value(), "--json");
            command.awaitEvents("attached", 1);

            assertThat(command.exitAfterCtrlC()).as(command::errors).isEqualTo(130);

            server.resume();
            assertThat(stranger.await(LIMIT).images()).hasSize(1);
        }
    }

    private static void assertInterrupted(ComfyClient client, String promptId) {
        try (Execution look = client.attach(PromptId.of(promptId))) {
            assertThatThrownBy(() -> look.await(LIMIT)).isInstanceOf(ExecutionInterruptedException.class);
        }
    }
}
