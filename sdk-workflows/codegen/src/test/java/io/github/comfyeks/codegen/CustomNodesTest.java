package io.github.comfyeks.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.ObjectInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A pack's nodes beside those of {@code comfyeks-nodes}. */
class CustomNodesTest {
    private static final String PACK = """
            {"MySampler": {"python_module": "custom_nodes.mine",
              "input": {"required": {"model": ["MODEL"], "sampler_name": [["euler", "my_sampler"]], "camera": ["LOAD3D_CAMERA"],
                 "pipe": ["MY_PIPE"]}},
              "output": ["SPLAT", "MY_PIPE"]}}
            """;

    /** What a server with the pack tells. */
    private static ObjectInfo server() {
        List<NodeSchema> nodes = new ArrayList<>(TestSchemas.latest().nodes().values());
        nodes.addAll(TestSchemas.parse(PACK).nodes().values());
        return ObjectInfo.of(nodes);
    }

    private static List<SourceFile> generated() {
        return NodeGenerator.create(
                        GeneratorOptions.of("mine").withBase(TestSchemas.latest(), "io.github.comfyeks.nodes"))
                .generate(server());
    }

    @Test
    void onlyWhatThePackAddsIsGenerated() {
        assertThat(generated())
                .extracting(SourceFile::path)
                .containsExactlyInAnyOrder(
                        "mine/MySampler.java",
                        "mine/type/MyPipe.java",
                        "mine/package-info.java",
                        "mine/type/package-info.java");
    }

    @Test
    void itSharesChoicesAndTypesWithComfyUisOwnNodes() {
        assertThat(generated().get(0).text())
                .contains("import io.github.comfyeks.nodes.SamplerName;")
                .contains("import io.github.comfyeks.nodes.type.Load3dCamera;")
                .contains("public Output<Splat> splat()")
                .contains("import mine.type.MyPipe;");
    }

    @Test
    void itCompilesBesideThem() {
        List<SourceFile> own = NodeGenerator.create(GeneratorOptions.of("io.github.comfyeks.nodes")
                        .withClasses(node -> List.of("KSampler", "Load3D", "SaveGLB", "RenderSplat")
                                .contains(node.classType())))
                .generate(TestSchemas.latest());
        assertThat(InMemory.compile(Stream.concat(own.stream(), generated().stream())
                                .toList())
                        .objections())
                .isEmpty();
    }
}
