package io.github.comfyeks.codegen;

import io.github.comfyeks.schema.ObjectInfo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** Schemas of three ComfyUI versions, and small ones. */
final class TestSchemas {
    /** The file that {@code comfyeks-nodes} is made of. */
    static final Path LATEST = Path.of("../nodes/src/main/resources/io/github/comfyeks/nodes/object_info.json");

    private TestSchemas() {}

    static ObjectInfo latest() {
        try {
            return ObjectInfo.read(Files.newInputStream(LATEST));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** 0.3.64 or 0.8.0. */
    static ObjectInfo older(String version) {
        try (InputStream in = TestSchemas.class.getResourceAsStream("object_info-" + version + ".json.gz")) {
            return ObjectInfo.read(new GZIPInputStream(Objects.requireNonNull(in)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectInfo parse(String json) {
        try {
            return ObjectInfo.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Some of the latest nodes, in the package {@code n}. */
    static List<SourceFile> some(String... classTypes) {
        Set<String> wanted = Set.of(classTypes);
        return NodeGenerator.create(GeneratorOptions.of("n").withClasses(node -> wanted.contains(node.classType())))
                .generate(latest());
    }
}
