package io.github.comfyeks.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.testing.FakeComfyExtension;
import io.github.comfyeks.testing.FakeComfyServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(FakeComfyExtension.class)
class SchemaCommandTest {
    private static final String EMPTY_IMAGE =
            "{\"EmptyImage\": {\"input\": {\"required\": {\"width\": [\"INT\", {\"default\": 512, \"min\": 1, \"max\": %d}]%s}},"
                    + " \"output\": [\"IMAGE\"], \"output_name\": [\"IMAGE\"]}}";

    @TempDir
    private Path folder;

    private Path before;
    private Path after;

    @BeforeEach
    void write() throws IOException {
        before = Files.writeString(folder.resolve("before.json"), EMPTY_IMAGE.formatted(4096, ""));
        after = Files.writeString(
                folder.resolve("after.json"), EMPTY_IMAGE.formatted(1024, ", \"color\": [\"INT\", {\"min\": 0}]"));
    }

    @Test
    void whatAServerExportsIsWhatItHas(FakeComfyServer server) {
        Path exported = folder.resolve("exported.json");
        Cli.ok(server.uri(), "schema", "export", "-o", exported.toString());
        Cli done = Cli.ok(server.uri(), "schema", "check", exported.toString());
        assertThat(done.out()).contains("is what the server has");
    }

    @Test
    void aFileOfAnotherServerIsToldWithEveryDifference(FakeComfyServer server) {
        Cli done = Cli.on(server.uri(), "schema", "check", before.toString());
        assertThat(done.exit()).isEqualTo(ExitCodes.DIFFERENT);
        assertThat(done.out()).contains("SaveImage", "new node");
    }

    @Test
    void twoFilesAreCompared(FakeComfyServer server) {
        Cli done = Cli.ok(server.uri(), "schema", "diff", before.toString(), after.toString());
        assertThat(done.out()).contains("EmptyImage", "color", "4096", "1024");
    }

    @Test
    void aMoveThatBreaksAWorkflowIsToldForIt(FakeComfyServer server) throws IOException {
        Path workflow = Files.writeString(
                folder.resolve("workflow.json"),
                "{\"1\": {\"class_type\": \"EmptyImage\", \"inputs\": {\"width\": 2048}}}");
        Cli done = Cli.on(
                server.uri(), "schema", "diff", before.toString(), after.toString(), "--workflow", workflow.toString());
        assertThat(done.exit()).isEqualTo(ExitCodes.WORKFLOW);
        assertThat(done.out()).contains("width", "color");
    }

    @Test
    void javaIsGeneratedFromAFile(FakeComfyServer server) throws IOException {
        Path sources = folder.resolve("src");
        Cli.ok(server.uri(), "generate", before.toString(), "-o", sources.toString(), "--package", "my.nodes");
        assertThat(Files.readString(sources.resolve("my/nodes/EmptyImage.java")))
                .contains("class EmptyImage");
    }
}
