package io.github.comfyeks.codegen.maven;

import io.github.comfyeks.schema.ObjectInfo;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What the generator knows of {@code comfyeks-nodes}: its package, and that it carries its schema. */
final class NodesArtifact {
    static final String PACKAGE = "io.github.comfyeks.nodes";
    private static final String SCHEMA = "io/github/comfyeks/nodes/object_info.json";

    private NodesArtifact() {}

    /** @param place a jar, or a folder of classes if the artifact is of the same build */
    static ObjectInfo schema(Path place) throws IOException {
        if (Files.isDirectory(place)) {
            try (InputStream in = Files.newInputStream(place.resolve(SCHEMA))) {
                return ObjectInfo.read(in);
            }
        }
        try (ZipFile jar = new ZipFile(place.toFile())) {
            ZipEntry entry = jar.getEntry(SCHEMA);
            if (entry == null) {
                throw new FileNotFoundException(SCHEMA + " in " + place);
            }
            try (InputStream in = jar.getInputStream(entry)) {
                return ObjectInfo.read(in);
            }
        }
    }
}
