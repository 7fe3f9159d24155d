package io.github.comfyeks.samples.cli;

import io.github.comfyeks.codegen.SchemaSource;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.schema.diff.Breakage;
import io.github.comfyeks.schema.diff.Change;
import io.github.comfyeks.schema.diff.SchemaDiff;
import io.github.comfyeks.workflow.Workflow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description =
                "Tells how the node classes of two servers or files differ, and what a move from the one to the other"
                        + " breaks in workflows; exit code 4 if it breaks one.")
final class SchemaDiffCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "BEFORE", description = "A server's address, or a file of 'schema export'.")
    private String before = "";

    @Parameters(index = "1", paramLabel = "AFTER", description = "The same.")
    private String after = "";

    @Option(names = "--breaking", description = "Only what may break a workflow.")
    private boolean breaking;

    @Option(
            names = "--workflow",
            paramLabel = "FILE",
            description = "Instead of all differences: what they break in this workflow. May be given several times.")
    private List<Path> workflows = new ArrayList<>();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        SchemaDiff diff = SchemaDiff.between(read(before), read(after));
        if (workflows.isEmpty()) {
            show(diff);
            return ExitCodes.OK;
        }
        int broken = 0;
        for (Path file : workflows) {
            broken += show(file, diff.breakages(Workflow.read(file))) ? 1 : 0;
        }
        return broken == 0 ? ExitCodes.OK : ExitCodes.WORKFLOW;
    }

    /** The node classes of a server or a file. */
    static ObjectInfo read(String source) {
        try {
            return SchemaSource.parse(source).read();
        } catch (IOException e) {
            throw new UncheckedIOException(source + " cannot be read", e);
        }
    }

    private void show(SchemaDiff diff) {
        List<Change> changes = diff.changes().stream()
                .filter(change -> change.breaking() || !breaking)
                .toList();
        tell(output, changes);
        output.line(changes.size() + (changes.size() == 1 ? " difference" : " differences"));
    }

    static void tell(Output output, List<Change> changes) {
        for (Change change : changes) {
            output.record(
                    "class",
                    change.classType(),
                    "input",
                    change.input(),
                    "kind",
                    change.kind().name(),
                    "breaking",
                    change.breaking(),
                    "text",
                    change.text());
            output.line(change.toString());
        }
    }

    private boolean show(Path file, List<Breakage> breakages) {
        for (Breakage breakage : breakages) {
            output.record(
                    "file",
                    file.toString(),
                    "node",
                    breakage.nodeId(),
                    "class",
                    breakage.classType(),
                    "input",
                    breakage.input(),
                    "text",
                    breakage.text());
        }
        output.line(file + ": " + (breakages.isEmpty() ? "nothing breaks" : breakages.size() + " would break"));
        breakages.forEach(breakage -> output.line("  " + breakage));
        return !breakages.isEmpty();
    }
}
