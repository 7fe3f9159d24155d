package io.github.comfyeks.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.schema.ObjectInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a custom node calls itself and its inputs, Java takes it. */
class HostileSchemaTest {
    private static ObjectInfo hostile() throws IOException {
        try (InputStream in = HostileSchemaTest.class.getResourceAsStream("hostile.json")) {
            return ObjectInfo.read(Objects.requireNonNull(in));
        }
    }

    @Test
    void allOfItCompilesWithoutAWarning() throws IOException {
        List<SourceFile> sources =
                NodeGenerator.create(GeneratorOptions.of("com.acme.nodes")).generate(hostile());
        assertThat(InMemory.compile(sources).objections()).isEmpty();
    }

    @Test
    void pathsAreAsciiAndDifferOnDisksThatKnowNoCase() throws IOException {
        List<SourceFile> sources =
                NodeGenerator.create(GeneratorOptions.of("com.acme.nodes")).generate(hostile());
        assertThat(sources).extracting(SourceFile::path).allMatch(path -> path.matches("[\\w/.-]+"));
        assertThat(sources.stream().map(source -> source.path().toLowerCase(java.util.Locale.ROOT)))
                .doesNotHaveDuplicates();
    }

    @Test
    void theServersOrderChangesNothing() throws IOException {
        ObjectInfo schema = hostile();
        var shuffled = new ArrayList<>(schema.nodes().values());
        Collections.shuffle(shuffled, new Random(7));
        NodeGenerator generator = NodeGenerator.create(GeneratorOptions.of("com.acme.nodes"));
        assertThat(generator.generate(ObjectInfo.of(shuffled))).isEqualTo(generator.generate(schema));
    }
}
