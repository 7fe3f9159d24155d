package io.github.comfyeks.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.schema.ObjectInfo;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionsTest {
    /** The latest version is compiled by the build of {@code comfyeks-nodes}. */
    @ParameterizedTest
    @ValueSource(strings = {"0.3.64", "0.8.0"})
    void everyNodeOfAnOlderVersionCompiles(String version) {
        ObjectInfo schema = TestSchemas.older(version);
        List<SourceFile> sources =
                NodeGenerator.create(GeneratorOptions.of("old.nodes")).generate(schema);
        InMemory compiled = InMemory.compile(sources, "-Xlint:none");
        assertThat(compiled.objections()).isEmpty();
        assertThat(compiled.classNames().stream().filter(name -> !name.contains("$")))
                .hasSizeGreaterThan(schema.nodes().size());
    }
}
