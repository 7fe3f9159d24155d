package io.github.comfyeks.samples.cli;

import io.github.comfyeks.ComfyClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "free",
        mixinStandardHelpOptions = true,
        description = "Asks the server to unload its models and free its memory.")
final class FreeCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private Output output = new Output();

    @Option(names = "--keep-models", description = "Only forgets cached results.")
    private boolean keepModels;

    @Override
    public Integer call() {
        try (ComfyClient client = server.client()) {
            client.server().free(!keepModels, true);
            output.record("freed", true);
            output.line("the server frees its memory when nothing runs");
            return ExitCodes.OK;
        }
    }
}
