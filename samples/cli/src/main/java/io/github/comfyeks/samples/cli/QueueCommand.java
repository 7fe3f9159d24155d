package io.github.comfyeks.samples.cli;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.server.QueueSnapshot;
import io.github.comfyeks.server.QueuedPrompt;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "queue",
        mixinStandardHelpOptions = true,
        description = "Lists what runs and what waits, in the order in which it will run.")
final class QueueCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (ComfyClient client = server.client()) {
            QueueSnapshot queue = client.server().queue();
            List<List<String>> rows = new ArrayList<>();
            queue.running().forEach(prompt -> add(rows, "running", prompt));
            queue.pending().forEach(prompt -> add(rows, "waiting", prompt));
            output.table(List.of("STATE", "NUMBER", "ID"), rows);
            if (rows.isEmpty()) {
                output.line("nothing runs, nothing waits");
            }
            return ExitCodes.OK;
        }
    }

    private void add(List<List<String>> rows, String state, QueuedPrompt prompt) {
        output.record(
                "state",
                state,
                "number",
                prompt.number(),
                "id",
                prompt.promptId().value());
        rows.add(List.of(
                state, String.valueOf(prompt.number()), prompt.promptId().value()));
    }
}
