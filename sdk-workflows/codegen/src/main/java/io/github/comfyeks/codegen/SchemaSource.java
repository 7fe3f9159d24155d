package io.github.comfyeks.codegen;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.schema.ObjectInfo;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a schema comes from: a file with the JSON of {@code /object_info}, or a running server. Immutable. */
public sealed interface SchemaSource {
    /** @throws IOException if the file cannot be read */
    ObjectInfo read() throws IOException;

    /** A file, in UTF-8. */
    record OfFile(Path path) implements SchemaSource {
        @Override
        public ObjectInfo read() throws IOException {
            try (InputStream in = Files.newInputStream(path)) {
                return ObjectInfo.read(in);
            }
        }
    }

    /** A server; reading may throw any {@link io.github.comfyeks.error.ComfyException}. */
    record OfServer(URI uri) implements SchemaSource {
        @Override
        public ObjectInfo read() {
            try (ComfyClient client = ComfyClient.create(uri)) {
                return client.server().objectInfo();
            }
        }
    }

    /** A server's address if it begins with {@code http://} or {@code https://}, else a file. */
    static SchemaSource parse(String text) {
        return text.startsWith("http://") || text.startsWith("https://")
                ? new OfServer(URI.create(text))
                : new OfFile(Path.of(text));
    }
}
