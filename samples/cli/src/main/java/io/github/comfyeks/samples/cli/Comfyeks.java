package io.github.comfyeks.samples.cli;

import io.github.comfyeks.error.ComfyException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command itself; its subcommands do the work. */
@Command(
        name = "comfyeks",
        mixinStandardHelpOptions = true,
        version = "comfyeks 0.1.0",
        description = "Runs workflows on a ComfyUI server, follows them and looks after the server.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:All went well",
            "2:Wrong usage: an option, a value, a file of this machine",
            "3:The server cannot be reached, refuses us, or is no ComfyUI",
            "4:The workflow is wrong, or the server rejected it",
            "5:A run failed, was interrupted or lost",
            "6:A limit was reached, such as --timeout",
            "7:'schema check', 'models agent --once', 'models verify': two things that should be the same differ",
            "130:Ctrl-C; the command's own runs were interrupted"
        },
        subcommands = {
            RunCommand.class,
            ConvertCommand.class,
            SetCommand.class,
            InspectCommand.class,
            ValidateCommand.class,
            GraphCommand.class,
            AttachCommand.class,
            CancelCommand.class,
            StatusCommand.class,
            QueueCommand.class,
            WatchCommand.class,
            HistoryCommand.class,
            NodesCommand.class,
            SchemaCommand.class,
            GenerateCommand.class,
            ModelsCommand.class,
            UploadCommand.class,
            DownloadCommand.class,
            FreeCommand.class,
            FakeCommand.class,
            DoctorCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Comfyeks {
    private final Map<String, String> environment;

    private Comfyeks(Map<String, String> environment) {
        this.environment = environment;
    }

    public static void main(String[] arguments) {
        System.exit(commandLine(System.getenv()).execute(arguments));
    }

    /** @param environment where {@code COMFYEKS_SERVER} and {@code COMFYEKS_TOKEN} may be */
    static CommandLine commandLine(Map<String, String> environment) {
        return new CommandLine(new Comfyeks(environment))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Comfyeks::misused)
                .setExecutionExceptionHandler(Comfyeks::failed);
    }

    Map<String, String> environment() {
        return environment;
    }

    /** One line, whatever the message is: scripts read it, and logs keep it together. */
    static void tell(PrintWriter err, @Nullable String message) {
        err.println("comfyeks: " + String.valueOf(message).strip().replaceAll("\\s*\\R\\s*(- )?", "; "));
        err.flush();
    }

    private static int misused(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        if (arguments.length == 0) {
            command.usage(command.getErr());
            return ExitCodes.USAGE;
        }
        List<String> meant = e instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        tell(
                command.getErr(),
                e.getMessage() + (meant.isEmpty() ? "" : "; did you mean " + String.join(" or ", meant) + "?")
                        + "; see " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCodes.USAGE;
    }

    /** What is expected to go wrong is one message; anything else is a bug, with its trace. */
    private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        PrintWriter err = command.getErr();
        if (e instanceof ComfyException comfy) {
            tell(err, comfy.getMessage());
            return ExitCodes.of(comfy);
        }
        if (e instanceof IllegalArgumentException) {
            tell(err, e.getMessage());
            return ExitCodes.USAGE;
        }
        if (e instanceof UncheckedIOException) {
            tell(
                    err,
                    e.getMessage()
                            + (e.getCause() == null ? "" : ": " + e.getCause().getMessage()));
            return ExitCodes.USAGE;
        }
        if (e instanceof InterruptedException) {
            return ExitCodes.CTRL_C;
        }
        throw e;
    }
}
