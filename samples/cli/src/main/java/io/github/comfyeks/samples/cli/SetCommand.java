package io.github.comfyeks.samples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.edit.EditableWorkflow;
import io.github.comfyeks.file.WorkflowFile;
import io.github.comfyeks.schema.ObjectInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "set",
        mixinStandardHelpOptions = true,
        description =
                "Changes values of a workflow and writes it in API format; exit code 4 if one does not fit. With --schema,"
                        + " --server or COMFYEKS_SERVER values are checked; a file in the editor's format needs one of them.")
final class SetCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private SchemaOptions schema = new SchemaOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "The workflow: JSON, or a picture or video that holds one.")
    private Path file = Path.of("");

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "NODE.INPUT=VALUE",
            description =
                    "The node by id, title or class: 6.text=\"a castle\", KSampler.seed=42. What is JSON is taken so, all"
                            + " else as text.")
    private List<String> inputs = new ArrayList<>();

    @Option(
            names = "--param",
            paramLabel = "NAME=VALUE",
            description = "A parameter that the artist marked, or that FILE's NAME.params.yaml names.")
    private List<String> parameters = new ArrayList<>();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "OUT",
            description = "Where to. Default: the output")
    private @Nullable Path out;

    @Override
    public Integer call() {
        var values = Settings.inputs("", inputs);
        var named = Settings.parameters("--param", parameters);
        EditableWorkflow changed = classes()
                .map(classes -> EditableWorkflow.read(file, classes))
                .orElseGet(() -> EditableWorkflow.read(file))
                .with(named)
                .set(values);
        Target.write(spec.commandLine(), out, pretty(changed.toJson()));
        return ExitCodes.OK;
    }

    private Optional<ObjectInfo> classes() {
        Optional<ObjectInfo> ofFile = schema.classes();
        if (ofFile.isPresent() || !(server.isNamed() || needsClasses())) {
            return ofFile;
        }
        try (ComfyClient client = server.client()) {
            return Optional.of(client.server().objectInfo());
        }
    }

    private boolean needsClasses() {
        WorkflowFile found = WorkflowFile.read(file);
        return found.prompt().isEmpty() && found.uiWorkflow().isPresent();
    }

    private static String pretty(String json) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(json)) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a workflow that is no JSON", e);
        }
    }
}
