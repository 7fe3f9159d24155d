package io.github.comfyeks.samples.cli;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.ref.ExecutionRef;
import io.github.comfyeks.ref.PromptId;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "attach",
        mixinStandardHelpOptions = true,
        description = "Follows a run that is on the server already. Ctrl-C leaves it alone.")
final class AttachCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "ID", description = "The prompt id, or the reference that 'run --json' printed.")
    private String id = "";

    @Option(names = "--out", paramLabel = "DIR", description = "Where outputs and run.json go.")
    private @Nullable Path out;

    @Override
    public Integer call() {
        boolean isRef = id.contains("#");
        try (ComfyClient client =
                        isRef ? ComfyClient.create(ExecutionRef.parse(id).server()) : server.client();
                Follower follower = new Follower(client, output, Optional.ofNullable(out), true);
                Execution run = isRef ? client.attach(ExecutionRef.parse(id)) : client.attach(PromptId.of(id))) {
            follower.finish(run);
            return ExitCodes.OK;
        }
    }
}
