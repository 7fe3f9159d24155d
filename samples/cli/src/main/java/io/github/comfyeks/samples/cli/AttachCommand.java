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
        Optional<ExecutionRef> ref = id.contains("#") ? Optional.of(ExecutionRef.parse(id)) : Optional.empty();
        try (ComfyClient client = server.client(ref.map(ExecutionRef::server).orElseGet(server::uri));
                Follower follower = new Follower(client, output, Optional.ofNullable(out), true);
                Execution run = ref.isPresent() ? client.attach(ref.get()) : client.attach(PromptId.of(id))) {
            client.server()
                    .queueRemaining(); // a server that is away or refuses us says so now; the run would wait for it
            follower.finish(run);
            return ExitCodes.OK;
        }
    }
}
