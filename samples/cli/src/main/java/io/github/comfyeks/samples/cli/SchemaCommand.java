package io.github.comfyeks.samples.cli;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.schema.ObjectInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        description = "Works with the node classes of servers.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {SchemaCommand.ExportCommand.class, SchemaDiffCommand.class, SchemaCheckCommand.class})
final class SchemaCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        command.commandLine().usage(command.commandLine().getErr());
        return ExitCodes.USAGE;
    }

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = "Writes a server's node classes as facts without prose, one class a line, sorted, so that two"
                    + " servers can be compared line by line.")
    static final class ExportCommand implements Callable<Integer> {
        @Mixin
        private ServerOptions server = new ServerOptions();

        @Spec
        private @Nullable CommandSpec spec;

        @Option(
                names = {"-o", "--out"},
                paramLabel = "FILE",
                description = "Where to. Default: the output")
        private @Nullable Path file;

        @Override
        public Integer call() {
            ObjectInfo info;
            try (ComfyClient client = server.client()) {
                info = client.server().objectInfo();
            }
            String text = SchemaFacts.of(info);
            CommandSpec command = Objects.requireNonNull(spec);
            if (file == null) {
                command.commandLine().getOut().print(text);
                command.commandLine().getOut().flush();
                return ExitCodes.OK;
            }
            try {
                Files.writeString(file, text, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(file + " cannot be written", e);
            }
            return ExitCodes.OK;
        }
    }
}
