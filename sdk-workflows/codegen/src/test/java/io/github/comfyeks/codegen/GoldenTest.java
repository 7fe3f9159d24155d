package io.github.comfyeks.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How generated code reads, to the letter. */
class GoldenTest {
    private static final List<SourceFile> SOURCES =
            NodeGenerator.create(GeneratorOptions.of("com.acme")).generate(TestSchemas.parse(resource("schema.json")));

    private static String resource(String name) {
        try (InputStream in = GoldenTest.class.getResourceAsStream("golden/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Spell", "Choose", "SamplerName", "type/Wand", "package-info"})
    void readsLikeThis(String name) {
        assertThat(SOURCES)
                .filteredOn(source -> source.path().equals("com/acme/" + name + ".java"))
                .singleElement()
                .extracting(SourceFile::text)
                .isEqualTo(resource(name.replace("type/", "") + ".java.txt"));
    }

    @Test
    void thereIsNothingElse() {
        assertThat(SOURCES).hasSize(6); // and a package-info for the types
    }
}
