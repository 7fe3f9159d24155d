package io.github.comfyeks.samples.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description = "Works with models: in a bucket, on nodes, on servers.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ModelsLsCommand.class,
            ModelsInspectCommand.class,
            ModelsPushCommand.class,
            ModelsPullCommand.class,
            ModelsRmCommand.class,
            ModelsPlanCommand.class,
            ModelsApplyCommand.class,
            ModelsVerifyCommand.class,
            ModelsSyncCommand.class,
            ModelsAgentCommand.class,
            ModelsServerCommand.class
        })
final class ModelsCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        command.commandLine().usage(command.commandLine().getErr());
        return ExitCodes.USAGE;
    }
}
