package io.github.comfyeks.samples.cli;

import io.github.comfyeks.schema.ObjectInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Node classes from a file. */
final class SchemaOptions {
    @Option(
            names = "--schema",
            paramLabel = "FILE",
            description = "Node classes from a file: the server's /object_info, or what 'schema export' wrote.")
    private @Nullable Path schema;

    /** The classes of the file; empty if none is named. */
    Optional<ObjectInfo> classes() {
        if (schema == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(ObjectInfo.read(Files.newInputStream(schema)));
        } catch (IOException e) {
            throw new UncheckedIOException(schema + " cannot be read", e);
        }
    }
}
