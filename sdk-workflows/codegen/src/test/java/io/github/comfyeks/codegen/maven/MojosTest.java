package io.github.comfyeks.codegen.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.testing.FakeComfyExtension;
import io.github.comfyeks.testing.FakeComfyServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

class MojosTest {
    private static final String SCHEMA = """
            {"MyNode": {"python_module": "custom_nodes.mine", "input": {"required": {"image": ["IMAGE"]}}, "output": ["IMAGE"]},
             "Other": {"python_module": "nodes", "input": {}, "output": []}}
            """;

    @TempDir
    private Path folder = Path.of("");

    private Path schema = Path.of("");

    @BeforeEach
    void write() throws IOException {
        schema = Files.writeString(folder.resolve("object_info.json"), SCHEMA);
    }

    private GenerateMojo generate(List<String> sourceRoots) {
        GenerateMojo mojo = new GenerateMojo();
        mojo.schema = schema.toString();
        mojo.packageName = "com.acme";
        mojo.outputDirectory = folder.resolve("generated").toFile();
        mojo.sourceRoots = sourceRoots;
        return mojo;
    }

    private CheckMojo check(String server) {
        CheckMojo mojo = new CheckMojo();
        mojo.schema = schema.toString();
        mojo.server = server;
        return mojo;
    }

    private List<String> generated() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("generated"))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("package-info.java"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void generatesWhatIsWantedAndHasItCompiled() throws Exception {
        List<String> roots = new ArrayList<>();
        GenerateMojo mojo = generate(roots);
        mojo.includes = List.of("custom_nodes.*");
        mojo.execute();
        assertThat(generated()).containsExactly("MyNode.java");
        assertThat(roots).containsExactly(folder.resolve("generated").toString());
    }

    @Test
    void filesThatDoNotChangeKeepTheirTimeAndOldOnesGo() throws Exception {
        generate(new ArrayList<>()).execute();
        Path mine = folder.resolve("generated/com/acme/MyNode.java");
        var time = java.nio.file.attribute.FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(mine, time);
        Files.writeString(folder.resolve("generated/com/acme/ByHand.java"), "class ByHand {}");
        GenerateMojo mojo = generate(new ArrayList<>());
        mojo.excludes = List.of("Oth*");
        mojo.execute();
        assertThat(generated()).containsExactly("ByHand.java", "MyNode.java");
        assertThat(Files.getLastModifiedTime(mine)).isEqualTo(time);
    }

    @Test
    @ExtendWith(FakeComfyExtension.class)
    void generatesFromARunningServer(FakeComfyServer server) throws Exception {
        GenerateMojo mojo = generate(new ArrayList<>());
        mojo.schema = server.uri().toString();
        mojo.execute();
        assertThat(generated()).contains("KSampler.java", "SamplerName.java");
    }

    @Test
    void aMissingFileIsNamed() {
        GenerateMojo mojo = generate(new ArrayList<>());
        mojo.schema = "no/such.json";
        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("no/such.json");
    }

    @Test
    @ExtendWith(FakeComfyExtension.class)
    void theCheckFailsWithAllDifferences(FakeComfyServer server) {
        assertThatThrownBy(check(server.uri().toString())::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("! MyNode: node gone")
                .hasMessageContaining("KSampler: new node");
    }

    @Test
    void theCheckPassesIfNothingDiffersOrNothingThatBreaks() throws Exception {
        Path newer = Files.writeString(
                folder.resolve("newer.json"), SCHEMA.replaceFirst("\\{", "{\"New\": {\"input\": {}, \"output\": []},"));
        assertThatCode(check(schema.toString())::execute).doesNotThrowAnyException();
        CheckMojo strict = check(newer.toString());
        assertThatThrownBy(strict::execute).hasMessageContaining("New: new node");
        strict.breakingOnly = true;
        assertThatCode(strict::execute).doesNotThrowAnyException();
    }
}
