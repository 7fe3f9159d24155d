package io.github.comfyeks.samples.cli;

import io.github.comfyeks.error.ComfyException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

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
            "130:Ctrl-C; the command's own runs were interrupted"
        },
        subcommands = {
            RunCommand.class,
            AttachCommand.class,
            CancelCommand.class,
            StatusCommand.class,
            QueueCommand.class,
            WatchCommand.class,
            HistoryCommand.class,
            NodesCommand.class,
            ModelsCommand.class,
            UploadCommand.class,
            DownloadCommand.class,
            FreeCommand.class,
            FakeCommand.class,
            DoctorCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Comfyeks {
    private Comfyeks() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Comfyeks())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Comfyeks::failed);
    }

    /** What is expected to go wrong is one message; anything else is a bug, with its trace. */
    private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        PrintWriter err = command.getErr();
        if (e instanceof ComfyException comfy) {
            err.println("comfyeks: " + comfy.getMessage());
            return ExitCodes.of(comfy);
        }
        if (e instanceof IllegalArgumentException) {
            err.println("comfyeks: " + e.getMessage());
            return ExitCodes.USAGE;
        }
        throw e;
    }
}
