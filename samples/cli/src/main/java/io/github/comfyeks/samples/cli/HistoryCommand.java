package io.github.comfyeks.samples.cli;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.error.NodeFailure;
import io.github.comfyeks.ref.PromptId;
import io.github.comfyeks.server.HistoryEntry;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "history", mixinStandardHelpOptions = true, description = "Shows how a run ended and what it left.")
final class HistoryCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "ID", description = "The prompt id.")
    private String id = "";

    @Override
    public Integer call() {
        try (ComfyClient client = server.client()) {
            Optional<HistoryEntry> found = client.server().history(PromptId.of(id));
            if (found.isEmpty()) {
                Comfyeks.tell(output.err(), absent(id, server.uri()));
                return ExitCodes.RUN_FAILED;
            }
            HistoryEntry entry = found.get();
            String state = entry.isSuccess() ? "SUCCEEDED" : entry.isInterrupted() ? "INTERRUPTED" : "FAILED";
            List<String> files = entry.outputs().values().stream()
                    .flatMap(node -> node.files().stream())
                    .map(file -> file.type() + " " + file.reference())
                    .toList();
            String failure = entry.failure().map(NodeFailure::describe).orElse("");
            output.record("id", id, "state", state, "outputs", files, "failure", failure);
            output.line(id + "  " + state);
            if (!failure.isEmpty()) {
                output.line(failure);
            }
            files.forEach(output::line);
            return ExitCodes.OK;
        }
    }

    static String absent(String id, URI server) {
        return id + " is not in the history of " + server + "; it waits, runs, or was never there: see comfyeks queue";
    }
}
