package io.github.comfyeks.samples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.codegen.GeneratorOptions;
import io.github.comfyeks.codegen.WorkflowSourceWriter;
import io.github.comfyeks.convert.Conversion;
import io.github.comfyeks.convert.ConversionProblem;
import io.github.comfyeks.convert.ConversionProblem.Severity;
import io.github.comfyeks.convert.Drawing;
import io.github.comfyeks.convert.WorkflowConverter;
import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.file.WorkflowFile;
import io.github.comfyeks.schema.ObjectInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        description =
                "Turns files of ComfyUI's editor, and pictures and videos that hold one, into prompts in API format, as the"
                        + " editor's own \"Export (API)\" does; or any workflow into a file that the editor opens, or into"
                        + " Java; exit code 4 if one is refused.")
final class ConvertCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What comes out, by the ends of its files' names. */
    private enum Format {
        api(".api.json"),
        ui(".ui.json"),
        java(".java");

        private final String ending;

        Format(String ending) {
            this.ending = ending;
        }
    }

    /** One file's outcome. */
    private record Outcome(String text, List<ConversionProblem> problems) {}

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private SchemaOptions schema = new SchemaOptions();

    @Mixin
    private Output output = new Output();

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "IN", arity = "1..*", description = "Files; of a folder all its files.")
    private List<Path> in = new ArrayList<>();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE|DIR",
            description = "Where to: with one file its name, else a folder of NAME.api.json, NAME.ui.json or Name.java."
                    + " Default: the output")
    private @Nullable Path out;

    @Option(
            names = "--to",
            paramLabel = "FORMAT",
            defaultValue = "api",
            description =
                    "${COMPLETION-CANDIDATES}: a prompt, a file that the editor opens, or a Java class that makes the"
                            + " workflow of comfyeks-nodes. Default: ${DEFAULT-VALUE}")
    private Format to = Format.api;

    @Option(names = "--package", paramLabel = "NAME", description = "The package of the Java class. Default: none")
    private String packageName = "";

    @Option(names = "--class", paramLabel = "NAME", description = "The Java class. Default: the file's name")
    private @Nullable String className;

    @Option(names = "--lenient", description = "Gives the editor's answer even where no server takes it, and warns.")
    private boolean lenient;

    private @Nullable ObjectInfo classes;
    private @Nullable WorkflowSourceWriter javaWriter;

    @Override
    public Integer call() {
        List<Path> files = files();
        boolean many = files.size() > 1 || Files.isDirectory(in.get(0));
        if (many && out == null) {
            throw new IllegalArgumentException("several files need a folder to go to: give -o DIR");
        }
        if (many && className != null) {
            throw new IllegalArgumentException("several files become several classes: leave --class out");
        }
        if (many && to == Format.java) {
            checkNames(files);
        }
        int refused = 0;
        int warned = 0;
        for (Path file : files) {
            Path target = out == null || !many ? out : out.resolve(outName(file) + to.ending);
            try {
                Outcome outcome = outcome(file);
                writeText(target, outcome.text);
                warned += outcome.problems.stream().anyMatch(ConvertCommand::isWarning) ? 1 : 0;
                for (ConversionProblem problem : outcome.problems) {
                    if (!many || !isWarning(problem)) {
                        tell(file, problem.severity().name().toLowerCase(Locale.ROOT) + ": " + problem);
                    }
                }
            } catch (ComfyException e) {
                if (!many) {
                    throw e;
                }
                refused++;
                writeText(out == null ? null : out.resolve(name(file) + ".error"), e.getMessage() + "\n");
                tell(file, String.valueOf(e.getMessage()));
            }
        }
        if (many) {
            output.record("files", files.size(), "refused", refused, "warned", warned);
            output.line(files.size() + " files, " + refused + " refused"
                    + (warned == 0 ? "" : ", " + warned + " with warnings: convert one alone to see them"));
        }
        return refused == 0 ? ExitCodes.OK : ExitCodes.WORKFLOW;
    }

    private static boolean isWarning(ConversionProblem problem) {
        return problem.severity() == Severity.WARNING;
    }

    private ObjectInfo classes() {
        ObjectInfo found = classes;
        if (found == null) {
            found = schema.classes().orElseGet(this::ofServer);
            classes = found;
        }
        return found;
    }

    private ObjectInfo ofServer() {
        try (ComfyClient client = server.client()) {
            return client.server().objectInfo();
        }
    }

    private Outcome outcome(Path file) {
        Conversion conversion = converted(file);
        if (to == Format.api) {
            return new Outcome(json(conversion.prompt()), conversion.problems());
        }
        if (to == Format.java) {
            return new Outcome(
                    javaWriter().write(conversion.workflow(), javaName(file)).text(), conversion.problems());
        }
        Drawing drawing = converter().toUi(conversion.workflow(), classes());
        List<ConversionProblem> problems = new ArrayList<>(conversion.problems());
        problems.addAll(drawing.problems());
        return new Outcome(json(drawing.uiWorkflow()), problems);
    }

    private WorkflowConverter converter() {
        return lenient ? WorkflowConverter.lenient() : WorkflowConverter.strict();
    }

    private Conversion converted(Path file) {
        WorkflowFile found = WorkflowFile.read(file);
        Optional<Map<String, @Nullable Object>> ui = found.uiWorkflow();
        if (ui.isPresent()) {
            return converter().toApi(ui.get(), classes());
        }
        return new Conversion(prompt(AnyFile.read(file, this::classes).toJson()), List.of());
    }

    private WorkflowSourceWriter javaWriter() {
        WorkflowSourceWriter found = javaWriter;
        if (found == null) {
            try (InputStream in =
                    ConvertCommand.class.getResourceAsStream("/io/github/comfyeks/nodes/object_info.json")) {
                found = WorkflowSourceWriter.create(
                        ObjectInfo.read(Objects.requireNonNull(in)), GeneratorOptions.of("io.github.comfyeks.nodes"));
            } catch (IOException e) {
                throw new UncheckedIOException("the schema of comfyeks-nodes cannot be read", e);
            }
            javaWriter = found;
        }
        return found;
    }

    private String javaName(Path file) {
        String simple = className != null ? className : WorkflowSourceWriter.classNameOf(outName(file));
        return packageName.isEmpty() ? simple : packageName + "." + simple;
    }

    /** A class lies in a file of its name. */
    private String outName(Path file) {
        boolean isNamed = out != null && !Files.isDirectory(in.get(0)) && in.size() == 1;
        String name = name(isNamed && to == Format.java ? Objects.requireNonNull(out) : file);
        return to == Format.java ? WorkflowSourceWriter.classNameOf(name) : name;
    }

    private static Map<String, Object> prompt(String json) {
        try {
            return JSON.readValue(json, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a workflow that is no JSON", e);
        }
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        for (Path path : in) {
            if (!Files.isReadable(path)) {
                throw new IllegalArgumentException("there is no readable file " + path);
            }
            if (!Files.isDirectory(path)) {
                files.add(path);
                continue;
            }
            try (Stream<Path> inside = Files.list(path)) {
                inside.filter(Files::isRegularFile).sorted().forEach(files::add);
            } catch (IOException e) {
                throw new UncheckedIOException(path + " cannot be read", e);
            }
        }
        return files;
    }

    /** Other formats keep the files' names. */
    private void checkNames(List<Path> files) {
        Map<String, Path> taken = new HashMap<>();
        for (Path file : files) {
            Path other = taken.putIfAbsent(outName(file).toLowerCase(Locale.ROOT), file);
            if (other != null) {
                throw new IllegalArgumentException(
                        other + " and " + file + " would both become the class " + outName(file) + "; rename one");
            }
        }
    }

    /** Without what stands behind the last dot. */
    private static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static String json(Map<String, Object> data) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(data) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a workflow that is no JSON", e);
        }
    }

    private void writeText(@Nullable Path target, String text) {
        Target.write(Objects.requireNonNull(spec).commandLine(), target, text);
    }

    private void tell(Path file, String what) {
        CommandSpec command = Objects.requireNonNull(spec);
        Comfyeks.tell(command.commandLine().getErr(), file + ": " + what);
    }
}
