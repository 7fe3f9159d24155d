package io.github.comfyeks.samples.cli;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.upload.UploadOptions;
import io.github.comfyeks.upload.UploadedFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "upload",
        mixinStandardHelpOptions = true,
        description = "Uploads an image, or any file, into the server's input folder.")
final class UploadCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "FILE", description = "The file.")
    private Path file = Path.of("");

    @Option(names = "--subfolder", paramLabel = "NAME", description = "Below the input folder.")
    private String subfolder = "";

    @Option(names = "--overwrite", description = "Replaces a file of the same name.")
    private boolean overwrite;

    @Override
    public Integer call() {
        try (ComfyClient client = server.client()) {
            UploadOptions.Builder options = UploadOptions.builder().subfolder(subfolder);
            if (overwrite) {
                options.overwrite(true);
            }
            UploadedFile uploaded = client.uploads().image(file, options.build());
            output.record("name", uploaded.reference());
            output.line(uploaded.reference());
            return ExitCodes.OK;
        }
    }
}
