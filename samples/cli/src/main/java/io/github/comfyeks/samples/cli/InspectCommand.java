package io.github.comfyeks.samples.cli;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.edit.EditableWorkflow;
import io.github.comfyeks.edit.Parameter;
import io.github.comfyeks.inspect.ModelFile;
import io.github.comfyeks.inspect.NodePack;
import io.github.comfyeks.inspect.Sampling;
import io.github.comfyeks.inspect.WorkflowInspection;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.validation.Problem;
import io.github.comfyeks.validation.ValidationReport;
import java.math.BigDecimal;
import java.math.MathContext;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description =
                "Tells what a workflow needs and does: node packs, model files and which servers have them, files to"
                        + " upload, parameters, outputs, sampling. Nothing is run; exit code 4 if a server would not run all of it.")
final class InspectCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private SchemaOptions schema = new SchemaOptions();

    @Mixin
    private Output output = new Output();

    @Option(
            names = "--also",
            paramLabel = "URL",
            description = "Another server that may run it; may be given several times.")
    private List<URI> others = new ArrayList<>();

    @Parameters(paramLabel = "FILE", description = "A workflow in any format, or a picture or video that holds one.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        Map<String, ObjectInfo> servers = servers();
        ObjectInfo first = servers.values().iterator().next();
        EditableWorkflow workflow = AnyFile.read(file, () -> first);
        WorkflowInspection inspection = WorkflowInspection.of(workflow, servers);
        if (output.isJson()) {
            output.record(json(inspection, workflow.parameters().list()));
        } else {
            tell(inspection, workflow.parameters().list());
        }
        return inspection.reports().values().stream().allMatch(ValidationReport::isValid)
                ? ExitCodes.OK
                : ExitCodes.WORKFLOW;
    }

    private Map<String, ObjectInfo> servers() {
        Map<String, ObjectInfo> servers = new LinkedHashMap<>();
        Optional<ObjectInfo> fromFile = schema.classes();
        if (fromFile.isPresent()) {
            servers.put("schema", fromFile.get());
        } else {
            servers.put(server.uri().toString(), classes(server.uri()));
        }
        others.forEach(uri -> servers.put(uri.toString(), classes(uri)));
        return servers;
    }

    private ObjectInfo classes(URI uri) {
        try (ComfyClient client = server.client(uri)) {
            return client.server().objectInfo();
        }
    }

    private void tell(WorkflowInspection inspection, List<Parameter> parameters) {
        section("Nodes", inspection.packs().stream().map(InspectCommand::pack));
        section("Models", inspection.models().stream().map(InspectCommand::model));
        section(
                "Files to upload",
                inspection.inputs().stream().map(input -> input.kind() + " " + input.name() + "  at " + input.place()));
        section(
                "Outputs",
                inspection.outputs().stream()
                        .map(each -> node(each.nodeId(), each.title(), each.classType())
                                + each.filenamePrefix()
                                        .map(prefix -> "  files " + prefix + "_…")
                                        .orElse("")));
        section(
                "Parameters",
                parameters.stream()
                        .map(each -> each.name() + " = "
                                + each.defaultValue().map(String::valueOf).orElse("null") + "  " + each.type() + " at "
                                + String.join(", ", each.addresses())));
        section("Sampling", inspection.samplings().stream().map(InspectCommand::sampling));
        if (inspection.samplings().size() > 1) {
            output.line("  in all: " + amount(inspection.megapixelSteps(), "megapixel steps"));
        }
        inspection
                .reports()
                .forEach((name, report) -> section(
                        "Problems on " + name,
                        Stream.concat(
                                report.problems().stream().map(problem -> "error: " + problem.message()),
                                report.warnings().stream().map(problem -> "warning: " + problem.message()))));
    }

    private void section(String head, Stream<String> lines) {
        List<String> all = lines.toList();
        if (!all.isEmpty()) {
            output.line(head);
            all.forEach(line -> output.line("  " + line));
        }
    }

    private static String pack(NodePack pack) {
        List<String> classes = new ArrayList<>();
        pack.classes().forEach((name, count) -> classes.add(count == 1 ? name : name + " ×" + count));
        return pack.name() + ": " + String.join(", ", classes);
    }

    private static String model(ModelFile model) {
        String where = model.servers().isEmpty()
                ? "no schema tells whether a server has it"
                : model.missingOn().isEmpty() ? "there" : "missing on " + String.join(", ", model.missingOn());
        return (model.folder().isEmpty() ? "" : model.folder() + "/") + model.name() + "  at "
                + String.join(", ", model.usedBy().stream().map(String::valueOf).toList()) + "  " + where;
    }

    private static String sampling(Sampling sampling) {
        return node(sampling.nodeId(), sampling.title(), sampling.classType()) + ": "
                + amount(sampling.steps(), "steps") + " × " + amount(sampling.megapixels(), "megapixels")
                + (sampling.megapixelSteps().isPresent()
                        ? " = " + amount(sampling.megapixelSteps(), "megapixel steps")
                        : "");
    }

    private static String node(String id, String title, String classType) {
        return id + " (" + classType + (title.isEmpty() || title.equals(classType) ? "" : " \"" + title + "\"") + ")";
    }

    private static String amount(OptionalInt number, String what) {
        return number.isPresent() ? number.getAsInt() + " " + what : "unknown " + what;
    }

    private static String amount(OptionalDouble number, String what) {
        return number.isPresent()
                ? new BigDecimal(number.getAsDouble())
                                .round(new MathContext(3))
                                .stripTrailingZeros()
                                .toPlainString() + " " + what
                : "unknown " + what;
    }

    private Map<String, @Nullable Object> json(WorkflowInspection inspection, List<Parameter> parameters) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("file", file.toString());
        all.put(
                "packs",
                inspection.packs().stream()
                        .map(pack -> fields("name", pack.name(), "classes", pack.classes()))
                        .toList());
        all.put(
                "models",
                inspection.models().stream()
                        .map(model -> fields(
                                "folder", model.folder(),
                                "name", model.name(),
                                "used_by",
                                        model.usedBy().stream()
                                                .map(String::valueOf)
                                                .toList(),
                                "servers", model.servers()))
                        .toList());
        all.put(
                "inputs",
                inspection.inputs().stream()
                        .map(input -> fields(
                                "kind",
                                input.kind(),
                                "name",
                                input.name(),
                                "used_by",
                                input.place().toString()))
                        .toList());
        all.put(
                "outputs",
                inspection.outputs().stream()
                        .map(each -> fields(
                                "node", each.nodeId(),
                                "title", each.title(),
                                "class", each.classType(),
                                "filename_prefix", each.filenamePrefix().orElse(null)))
                        .toList());
        all.put(
                "parameters",
                parameters.stream()
                        .map(each -> fields(
                                "name", each.name(),
                                "type", each.type(),
                                "default", each.defaultValue().orElse(null),
                                "addresses", each.addresses()))
                        .toList());
        all.put(
                "samplings",
                inspection.samplings().stream()
                        .map(each -> fields(
                                "node", each.nodeId(),
                                "title", each.title(),
                                "class", each.classType(),
                                "steps", each.steps().isPresent() ? each.steps().getAsInt() : null,
                                "megapixels", number(each.megapixels())))
                        .toList());
        all.put("megapixel_steps", number(inspection.megapixelSteps()));
        Map<String, Object> reports = new LinkedHashMap<>();
        inspection
                .reports()
                .forEach((name, report) -> reports.put(
                        name,
                        fields(
                                "valid", report.isValid(),
                                "problems",
                                        report.problems().stream()
                                                .map(Problem::message)
                                                .toList(),
                                "warnings",
                                        report.warnings().stream()
                                                .map(Problem::message)
                                                .toList())));
        all.put("servers", reports);
        return all;
    }

    private static @Nullable Double number(OptionalDouble number) {
        return number.isPresent() ? (Double) number.getAsDouble() : null;
    }

    private static Map<String, @Nullable Object> fields(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return fields;
    }
}
