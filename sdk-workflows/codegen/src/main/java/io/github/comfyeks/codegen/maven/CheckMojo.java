package io.github.comfyeks.codegen.maven;

import io.github.comfyeks.codegen.SchemaSource;
import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.schema.diff.Change;
import io.github.comfyeks.schema.diff.SchemaDiff;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Fails if a running server's nodes differ from the schema file that the classes were generated from, and tells how. */
@Mojo(name = "check", defaultPhase = LifecyclePhase.VERIFY, requiresProject = false, threadSafe = true)
public final class CheckMojo extends AbstractMojo {
    /** The file. */
    @Parameter(property = "comfyeks.schema", defaultValue = "${basedir}/src/main/comfyeks/object_info.json")
    String schema = "";

    /** The server's address, or another file. */
    @Parameter(property = "comfyeks.server", required = true)
    String server = "";

    /** Patterns of class types or Python modules, as for {@code generate}; by default all. */
    @Parameter
    List<String> includes = List.of();

    /** Patterns of class types or Python modules that are left out. */
    @Parameter
    List<String> excludes = List.of();

    /** Whether new nodes, new choices and the like are fine. */
    @Parameter(property = "comfyeks.breakingOnly", defaultValue = "false")
    boolean breakingOnly;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        SchemaDiff diff = SchemaDiff.between(read(schema), read(server));
        boolean fails = breakingOnly ? diff.changes().stream().anyMatch(Change::breaking) : !diff.isEmpty();
        if (fails) {
            throw new MojoFailureException(schema + " and " + server + " differ: " + diff
                    + "\nTo take the server's state: curl -s " + server + "/object_info -o " + schema);
        }
        getLog().info(diff.toString());
    }

    private ObjectInfo read(String from) throws MojoExecutionException {
        Predicate<NodeSchema> wanted = GenerateMojo.wanted(includes, excludes);
        try {
            return ObjectInfo.of(SchemaSource.parse(from).read().nodes().values().stream()
                    .filter(wanted)
                    .toList());
        } catch (IOException | ComfyException e) {
            throw new MojoExecutionException("no schema from " + from + ": " + e.getMessage(), e);
        }
    }
}
