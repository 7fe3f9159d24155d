package io.github.comfyeks.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the pages show compiles. */
class ReadmeTest {
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private static String program(Path page, String imports) throws IOException {
        Matcher blocks = JAVA.matcher(Files.readString(page));
        StringBuilder methods = new StringBuilder();
        for (int i = 0; blocks.find(); i++) {
            methods.append("void m")
                    .append(i)
                    .append("() throws Exception {")
                    .append(blocks.group(1))
                    .append("}\n");
        }
        assertThat(methods).isNotEmpty();
        return imports + "class Program {" + methods + "}";
    }

    @Test
    void theGeneratorsPageCompiles() throws Exception {
        String program = program(
                Path.of("README.md"),
                "import io.github.comfyeks.codegen.*; import io.github.comfyeks.schema.*; import io.github.comfyeks.workflow.*;"
                        + "import java.nio.file.*;");
        Path classes = Path.of(NodeGenerator.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        assertThat(InMemory.compile(List.of(new SourceFile("Program.java", program)), "-Xlint:none", classes)
                        .objections())
                .isEmpty();
    }

    @Test
    void theNodesPageCompiles() throws Exception {
        String program = program(
                Path.of("../nodes/README.md"), "import io.github.comfyeks.graph.*; import io.github.comfyeks.nodes.*;");
        List<SourceFile> nodes = NodeGenerator.create(GeneratorOptions.of("io.github.comfyeks.nodes")
                        .withClasses(node -> program.contains(node.classType() + ".")))
                .generate(TestSchemas.latest());
        List<SourceFile> all = new java.util.ArrayList<>(nodes);
        all.add(new SourceFile("Program.java", program));
        assertThat(InMemory.compile(all, "-Xlint:none").objections()).isEmpty();
    }
}
