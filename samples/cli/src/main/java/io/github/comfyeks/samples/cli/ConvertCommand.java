package io.github.comfyeks.samples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.convert.Conversion;
import io.github.comfyeks.convert.ConversionProblem;
import io.github.comfyeks.convert.ConversionProblem.Severity;
import io.github.comfyeks.convert.WorkflowConverter;
import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.file.WorkflowFile;
import io.github.comfyeks.schema.ObjectInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
                        + " editor's own \"Export (API)\" does; exit code 4 if one is refused.")
final class ConvertCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.builder().build();

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
            description = "Where to: with one file its name, else a folder of NAME.api.json. Default: the output")
    private @Nullable Path out;

    @Option(names = "--lenient", description = "Gives the editor's answer even where no server takes it, and warns.")
    private boolean lenient;

    @Override
    public Integer call() {
        List<Path> files = files();
        boolean many = files.size() > 1 || Files.isDirectory(in.get(0));
        if (many && out == null) {
            throw new IllegalArgumentException("several files need a folder to go to: give -o DIR");
        }
        ObjectInfo classes = schema.classes().orElseGet(this::ofServer);
        WorkflowConverter converter = lenient ? WorkflowConverter.lenient() : WorkflowConverter.strict();
        int refused = 0;
        int warned = 0;
        for (Path file : files) {
            Path target = out == null || !many ? out : out.resolve(name(file) + ".api.json");
            try {
                Conversion conversion = converted(file, converter, classes);
                write(target, conversion.prompt());
                warned += conversion.problems(Severity.WARNING).isEmpty() ? 0 : 1;
                for (ConversionProblem problem : many ? conversion.problems(Severity.ERROR) : conversion.problems()) {
                    tell(file, problem.severity().name().toLowerCase(Locale.ROOT) + ": " + problem);
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

    private ObjectInfo ofServer() {
        try (ComfyClient client = server.client()) {
            return client.server().objectInfo();
        }
    }

    private static Conversion converted(Path file, WorkflowConverter converter, ObjectInfo classes) {
        WorkflowFile found = WorkflowFile.read(file);
        Optional<Map<String, @Nullable Object>> ui = found.uiWorkflow();
        if (ui.isPresent()) {
            return converter.toApi(ui.get(), classes);
        }
        return new Conversion(prompt(found.workflow().toJson()), List.of());
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

    /** Without what stands behind the last dot. */
    private static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private void write(@Nullable Path target, Map<String, Object> prompt) {
        try {
            writeText(target, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(prompt) + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a prompt that is no JSON", e);
        }
    }

    private void writeText(@Nullable Path target, String text) {
        CommandSpec command = Objects.requireNonNull(spec);
        if (target == null) {
            command.commandLine().getOut().print(text);
            command.commandLine().getOut().flush();
            return;
        }
        try {
            Path folder = target.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(target, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(target + " cannot be written", e);
        }
    }

    private void tell(Path file, String what) {
        CommandSpec command = Objects.requireNonNull(spec);
        Comfyeks.tell(command.commandLine().getErr(), file + ": " + what);
    }
}
