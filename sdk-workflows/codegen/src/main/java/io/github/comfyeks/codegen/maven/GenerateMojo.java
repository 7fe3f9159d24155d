package io.github.comfyeks.codegen.maven;

import io.github.comfyeks.codegen.GeneratorOptions;
import io.github.comfyeks.codegen.NodeGenerator;
import io.github.comfyeks.codegen.SchemaSource;
import io.github.comfyeks.codegen.SourceFile;
import io.github.comfyeks.codegen.SourceFolder;
import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.ObjectInfo;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/**
 * Generates typed Java for the nodes of a schema file or a running server, and has it compiled with the project. If the project
 * depends on {@code comfyeks-nodes}, ComfyUI's own nodes are taken from there and only the others are generated.
 */
@Mojo(
        name = "generate",
        defaultPhase = LifecyclePhase.GENERATE_SOURCES,
        requiresDependencyResolution = ResolutionScope.COMPILE,
        threadSafe = true)
public final class GenerateMojo extends AbstractMojo {
    /** The JSON of {@code /object_info} in a file, or a server's address. */
    @Parameter(property = "comfyeks.schema", defaultValue = "${project.basedir}/src/main/comfyeks/object_info.json")
    String schema = "";

    /** Where the classes go. */
    @Parameter(property = "comfyeks.package", required = true)
    String packageName = "";

    /** Where classes of partner nodes go; by default {@code partner} below the package. */
    @Parameter
    @Nullable
    String partnerPackage;

    /** Patterns of class types or Python modules, such as {@code custom_nodes.*}; by default all. */
    @Parameter
    List<String> includes = List.of();

    /** Patterns of class types or Python modules that are left out. */
    @Parameter
    List<String> excludes = List.of();

    @Parameter(defaultValue = "${project.build.directory}/generated-sources/comfyeks")
    File outputDirectory = new File("");

    @Parameter(defaultValue = "${project.compileSourceRoots}", readonly = true)
    List<String> sourceRoots = List.of();

    @Parameter(defaultValue = "${project.artifacts}", readonly = true)
    Set<Artifact> artifacts = Set.of();

    @Override
    public void execute() throws MojoExecutionException {
        try {
            ObjectInfo read = SchemaSource.parse(schema).read();
            List<SourceFile> files = NodeGenerator.create(options()).generate(read);
            Files.createDirectories(outputDirectory.toPath());
            int changed = SourceFolder.write(outputDirectory.toPath(), files);
            getLog().info(files.size() + " files, " + changed + " of them changed");
            sourceRoots.add(outputDirectory.getPath());
        } catch (IOException | ComfyException e) {
            throw new MojoExecutionException("no nodes from " + schema + ": " + e.getMessage(), e);
        }
    }

    private GeneratorOptions options() throws IOException {
        GeneratorOptions options = GeneratorOptions.of(packageName).withClasses(wanted(includes, excludes));
        if (partnerPackage != null) {
            options = options.withPartnerPackage(partnerPackage);
        }
        for (Artifact artifact : artifacts) {
            if (artifact.getArtifactId().equals("comfyeks-nodes")
                    && artifact.getGroupId().equals("io.github.comfyeks")) {
                options =
                        options.withBase(NodesArtifact.schema(artifact.getFile().toPath()), NodesArtifact.PACKAGE);
            }
        }
        return options;
    }

    static Predicate<NodeSchema> wanted(List<String> includes, List<String> excludes) {
        return node -> (includes.isEmpty() || matches(includes, node)) && !matches(excludes, node);
    }

    private static boolean matches(List<String> patterns, NodeSchema node) {
        return patterns.stream().map(GenerateMojo::glob).anyMatch(pattern -> Stream.of(
                        node.classType(), node.pythonModule())
                .anyMatch(name -> pattern.matcher(name).matches()));
    }

    private static Pattern glob(String text) {
        return Pattern.compile(
                Stream.of(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }
}
