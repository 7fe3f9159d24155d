package io.github.comfyeks.samples.cli;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.output.DownloadedFile;
import io.github.comfyeks.output.OutputFile;
import io.github.comfyeks.ref.PromptId;
import io.github.comfyeks.server.HistoryEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "download",
        mixinStandardHelpOptions = true,
        description = "Downloads a file of the server by its name, or all files of a run by its id.")
final class DownloadCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "NAME|ID", description = "A file name, or a prompt id.")
    private String name = "";

    @Option(names = "--subfolder", paramLabel = "NAME", description = "The folder below the type.")
    private String subfolder = "";

    @Option(names = "--type", paramLabel = "TYPE", description = "output, input or temp. Default: output")
    private String type = "output";

    @Option(names = "--out", paramLabel = "DIR", description = "Default: here")
    private Path out = Path.of("");

    @Override
    public Integer call() {
        try (ComfyClient client = server.client()) {
            List<OutputFile> files;
            if (isId()) {
                Optional<HistoryEntry> entry = client.server().history(PromptId.of(name));
                if (entry.isEmpty()) {
                    Comfyeks.tell(output.err(), HistoryCommand.absent(name, server.uri()));
                    return ExitCodes.RUN_FAILED;
                }
                files = entry.get().outputs().values().stream()
                        .flatMap(node -> node.files().stream())
                        .toList();
            } else {
                files = List.of(client.file(name, subfolder, type));
            }
            for (OutputFile file : files) {
                DownloadedFile saved = file.writeTo(out);
                output.record("file", saved.path().toString(), "bytes", saved.bytes(), "sha256", saved.sha256());
                output.line(saved.path() + "  " + saved.bytes() + " bytes");
            }
            return ExitCodes.OK;
        }
    }

    private boolean isId() {
        return name.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }
}
