package io.github.comfyeks.samples.cli;

import io.github.comfyeks.ComfyClient;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "server",
        mixinStandardHelpOptions = true,
        description = "Lists the model folders of a ComfyUI server, or the models of one.")
final class ModelsServerCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "FOLDER", arity = "0..1", description = "Such as checkpoints or loras.")
    private @Nullable String folder;

    @Override
    public Integer call() {
        try (ComfyClient client = server.client()) {
            List<String> names =
                    folder == null ? client.server().models() : client.server().models(folder);
            names.forEach(name -> {
                output.record(folder == null ? "folder" : "model", name);
                output.line(name);
            });
            return ExitCodes.OK;
        }
    }
}
