package io.github.comfyeks.samples.cli;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.schema.diff.SchemaDiff;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description =
                "Holds a file of node classes, such as generated code is made of, against a server; exit code 7 if they"
                        + " differ.")
final class SchemaCheckCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "What 'schema export' wrote, or the server's /object_info.")
    private String file = "";

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        ObjectInfo known = SchemaDiffCommand.read(file);
        ObjectInfo present;
        try (ComfyClient client = server.client()) {
            present = client.server().objectInfo();
        }
        SchemaDiff diff = SchemaDiff.between(known, present);
        SchemaDiffCommand.tell(output, diff.changes());
        output.line(
                diff.isEmpty()
                        ? file + " is what the server has"
                        : diff.changes().size() + " differences; 'schema export' writes the file anew");
        return diff.isEmpty() ? ExitCodes.OK : ExitCodes.DIFFERENT;
    }
}
