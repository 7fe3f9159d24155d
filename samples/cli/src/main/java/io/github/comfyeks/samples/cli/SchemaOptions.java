package io.github.comfyeks.samples.cli;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.validation.WorkflowValidator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where node classes come from: a file, else a server. */
final class SchemaOptions {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(
            names = "--schema",
            paramLabel = "FILE",
            description = "Node classes from a file, the server's /object_info or what 'schema export' wrote, instead of"
                    + " from a server.")
    private @Nullable Path schema;

    @Option(
            names = "--comfyui",
            paramLabel = "VERSION",
            description = "With --schema: the version of the server that is to run it. Default: 0.33.0")
    private @Nullable String version;

    boolean hasFile() {
        return schema != null;
    }

    /** The classes of the file. */
    ObjectInfo fromFile() {
        try {
            return ObjectInfo.read(Files.newInputStream(Objects.requireNonNull(schema)));
        } catch (IOException e) {
            throw new UncheckedIOException(schema + " cannot be read", e);
        }
    }

    WorkflowValidator validator() {
        if (hasFile()) {
            WorkflowValidator.Builder builder = WorkflowValidator.builder(fromFile());
            return (version == null ? builder : builder.serverVersion(version)).build();
        }
        if (version != null) {
            throw new IllegalArgumentException("--comfyui goes with --schema; a server says its version itself");
        }
        try (ComfyClient client = server.client()) {
            return WorkflowValidator.builder(client.server().objectInfo())
                    .serverVersion(client.server().systemStats().version())
                    .build();
        }
    }
}
