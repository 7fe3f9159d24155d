package io.github.comfyeks.samples.cli;

import io.github.comfyeks.codegen.GeneratorOptions;
import io.github.comfyeks.codegen.NodeGenerator;
import io.github.comfyeks.codegen.SourceFile;
import io.github.comfyeks.codegen.SourceFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description = "Writes typed Java for the node classes of a server or a file.")
final class GenerateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SCHEMA", description = "A server's address, or a file of 'schema export'.")
    private String schema = "";

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "DIR",
            description = "The source folder. What was generated there before and is no more is deleted.")
    private Path folder = Path.of("");

    @Option(names = "--package", required = true, paramLabel = "NAME", description = "The package of the classes.")
    private String packageName = "";

    @Option(
            names = "--partner-package",
            paramLabel = "NAME",
            description = "The package of nodes that call paid services. Default: the same")
    private @Nullable String partnerPackage;

    @Option(names = "--class", paramLabel = "NAME", description = "Only this class. May be given several times.")
    private Set<String> classes = new LinkedHashSet<>();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        GeneratorOptions options = GeneratorOptions.of(packageName);
        if (partnerPackage != null) {
            options = options.withPartnerPackage(partnerPackage);
        }
        if (!classes.isEmpty()) {
            options = options.withClasses(node -> classes.contains(node.classType()));
        }
        List<SourceFile> files = NodeGenerator.create(options).generate(SchemaDiffCommand.read(schema));
        int changed;
        try {
            changed = SourceFolder.write(folder, files);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be written", e);
        }
        output.record("files", files.size(), "changed", changed, "folder", folder.toString());
        output.line(files.size() + " files in " + folder + ", " + changed + " of them changed");
        return ExitCodes.OK;
    }
}
