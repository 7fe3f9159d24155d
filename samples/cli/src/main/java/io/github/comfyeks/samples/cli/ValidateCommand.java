package io.github.comfyeks.samples.cli;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.validation.Problem;
import io.github.comfyeks.validation.ServerVerdict;
import io.github.comfyeks.validation.ValidationReport;
import io.github.comfyeks.validation.WorkflowValidator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description =
                "Checks workflows against a server's node classes, without running anything; exit code 4 if one is"
                        + " invalid.")
final class ValidateCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private SchemaOptions schema = new SchemaOptions();

    @Option(
            names = "--comfyui",
            paramLabel = "VERSION",
            description = "With --schema: the version of the server that is to run it. Default: 0.33.0")
    private @Nullable String version;

    @Mixin
    private Output output = new Output();

    @Parameters(
            paramLabel = "IN",
            arity = "1..*",
            description = "Workflows in any format; of a folder all its *.json files.")
    private List<Path> in = new ArrayList<>();

    @Option(names = "--no-warnings", description = "Errors only.")
    private boolean noWarnings;

    @Override
    public Integer call() {
        List<Path> files = GraphFile.in(in);
        ObjectInfo classes = known();
        WorkflowValidator validator = validator(classes);
        int invalid = 0;
        for (Path file : files) {
            try {
                ValidationReport report = validator.validate(GraphFile.read(file, classes));
                show(file, report);
                invalid += report.isValid() ? 0 : 1;
            } catch (GraphFile.NoGraphException e) {
                noGraph(file, String.valueOf(e.getMessage()));
                invalid++;
            }
        }
        output.line(files.size() + (files.size() == 1 ? " workflow, " : " workflows, ") + invalid + " invalid");
        return invalid == 0 ? ExitCodes.OK : ExitCodes.WORKFLOW;
    }

    private ObjectInfo known() {
        Optional<ObjectInfo> ofFile = schema.classes();
        if (ofFile.isPresent()) {
            return ofFile.get();
        }
        if (version != null) {
            throw new IllegalArgumentException("--comfyui goes with --schema; a server says its version itself");
        }
        try (ComfyClient client = server.client()) {
            version = client.server().systemStats().version();
            return client.server().objectInfo();
        }
    }

    private WorkflowValidator validator(ObjectInfo classes) {
        WorkflowValidator.Builder builder = WorkflowValidator.builder(classes);
        return (version == null ? builder : builder.serverVersion(version)).build();
    }

    private void noGraph(Path file, String why) {
        output.record(
                "file",
                file.toString(),
                "valid",
                false,
                "error",
                null,
                "node_errors",
                Map.of(),
                "problems",
                List.of(Map.of("code", "no_workflow", "error", true, "message", why)));
        output.line(file + ": " + why);
    }

    private void show(Path file, ValidationReport report) {
        List<Problem> all = new ArrayList<>(report.problems());
        if (!noWarnings) {
            all.addAll(report.warnings());
        }
        ServerVerdict verdict = report.verdict();
        output.record(
                "file",
                file.toString(),
                "valid",
                report.isValid(),
                "error",
                verdict.error().orElse(null),
                "node_errors",
                nodeErrors(verdict),
                "undecided",
                verdict.undecided(),
                "order_dependent",
                verdict.orderDependent(),
                "problems",
                all.stream().map(ValidateCommand::fields).toList());
        output.line(file + ": " + (report.isValid() ? "valid" : verdict.isPartial() ? "runs in part" : "invalid"));
        all.forEach(problem -> output.line((problem.isError() ? "  error: " : "  warning: ") + problem));
    }

    private static Map<String, List<Map<String, String>>> nodeErrors(ServerVerdict verdict) {
        Map<String, List<Map<String, String>>> byNode = new LinkedHashMap<>();
        verdict.nodeErrors()
                .forEach((id, objections) -> byNode.put(
                        id,
                        objections.stream()
                                .map(each -> Map.of("type", each.type(), "input", each.input()))
                                .toList()));
        return byNode;
    }

    private static Map<String, @Nullable Object> fields(Problem problem) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("code", problem.code().value());
        fields.put("error", problem.isError());
        fields.put("node", problem.nodeId());
        fields.put("title", problem.title());
        fields.put("class", problem.classType());
        fields.put("input", problem.input());
        fields.put("value", problem.value());
        fields.put("limit", problem.limit());
        fields.put("choices", problem.choices());
        fields.put("nearest", problem.nearest());
        fields.put("certain", problem.certain());
        fields.put("message", problem.message());
        return fields;
    }
}
