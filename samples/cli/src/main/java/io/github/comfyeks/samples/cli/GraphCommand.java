package io.github.comfyeks.samples.cli;

import io.github.comfyeks.picture.WorkflowPicture;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.workflow.Workflow;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "graph",
        mixinStandardHelpOptions = true,
        description = "Prints a picture of a workflow as text, for a Markdown page or for Graphviz.")
final class GraphCommand implements Callable<Integer> {
    /** How the picture is written. */
    enum Format {
        MERMAID,
        DOT
    }

    @Mixin
    private SchemaOptions schema = new SchemaOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "WORKFLOW",
            description = "The workflow in any format, or a picture or video that holds one.")
    private Path file = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "MERMAID",
            description = "mermaid or dot. Default: mermaid")
    private Format format = Format.MERMAID;

    @Override
    public Integer call() {
        Optional<ObjectInfo> known = schema.classes();
        Workflow workflow = AnyFile.read(
                        file,
                        () -> known.orElseThrow(() -> new IllegalArgumentException(file
                                + " is in the editor's format, which is read by node classes: give --schema FILE")))
                .workflow();
        WorkflowPicture picture = known.map(classes -> WorkflowPicture.of(workflow, classes))
                .orElseGet(() -> WorkflowPicture.of(workflow));
        spec.commandLine().getOut().print(format == Format.DOT ? picture.dot() : picture.mermaid());
        spec.commandLine().getOut().flush();
        return ExitCodes.OK;
    }
}
