package io.github.comfyeks.samples.cli;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.ref.PromptId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        description = "Ends one run, waiting or running, and touches no other.")
final class CancelCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "ID", description = "The prompt id.")
    private String id = "";

    @Override
    public Integer call() {
        try (ComfyClient client = server.client();
                Execution run = client.attach(PromptId.of(id))) {
            boolean asked = run.interrupt();
            output.record("cancelled", id, "asked", asked);
            output.line(asked ? "asked the server to end " + id : id + " has ended already");
            return ExitCodes.OK;
        }
    }
}
