package io.github.comfyeks.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.testing.FakeComfyExtension;
import io.github.comfyeks.testing.FakeComfyServer;
import io.github.comfyeks.workflow.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(FakeComfyExtension.class)
class ConvertCommandTest {
    private static final String DRAWN = """
            {"version": 0.4, "last_node_id": 2, "links": [[1, 1, 0, 2, 0, "IMAGE"]], "nodes": [
              {"id": 1, "type": "%s", "widgets_values": [64, 32, 1, 255], "outputs": [{"name": "IMAGE", "type": "IMAGE"}]},
              {"id": 2, "type": "PreviewImage", "inputs": [{"name": "images", "type": "IMAGE", "link": 1}]}]}""";

    private static final Workflow MEANT = Workflow.parse("""
            {"1": {"class_type": "EmptyImage", "inputs": {"width": 64, "height": 32, "batch_size": 1, "color": 255}},
             "2": {"class_type": "PreviewImage", "inputs": {"images": ["1", 0]}}}""");

    @TempDir
    private Path folder;

    private Path in;
    private Path out;

    @BeforeEach
    void draw() throws IOException {
        in = Files.createDirectory(folder.resolve("in"));
        out = folder.resolve("out");
        Files.writeString(in.resolve("good.json"), DRAWN.formatted("EmptyImage"));
    }

    private static void assertMeant(Workflow converted) {
        MEANT.nodes()
                .forEach((id, node) -> assertThat(converted.node(id).inputs()).isEqualTo(node.inputs()));
        assertThat(converted.nodes()).hasSameSizeAs(MEANT.nodes());
    }

    @Test
    void aFileIsWrittenToTheOutput(FakeComfyServer server) {
        Cli done = Cli.ok(server.uri(), "convert", in.resolve("good.json").toString());
        assertMeant(Workflow.parse(done.out()));
    }

    @Test
    void aFileIsWrittenWhereItIsWanted(FakeComfyServer server) {
        Cli.ok(
                server.uri(),
                "convert",
                in.resolve("good.json").toString(),
                "-o",
                out.resolve("x.json").toString());
        assertMeant(Workflow.read(out.resolve("x.json")));
    }

    @Test
    void aPromptStaysWhatItIs(FakeComfyServer server) throws IOException {
        Path prompt = Files.writeString(folder.resolve("prompt.json"), MEANT.toJson());
        assertMeant(Workflow.parse(
                Cli.ok(server.uri(), "convert", prompt.toString()).out()));
    }

    @Test
    void ofAFolderTheRefusedFilesLeaveTheirReasonAndTheOthersGoOn(FakeComfyServer server) throws IOException {
        Files.writeString(in.resolve("alien.json"), DRAWN.formatted("NoSuchNode"));
        Files.writeString(in.resolve("broken.json"), "{\"nodes\": [");
        Cli done = Cli.on(server.uri(), "convert", in.toString(), "-o", out.toString());
        assertThat(done.exit()).isEqualTo(ExitCodes.WORKFLOW);
        assertThat(done.out()).contains("3 files, 2 refused");
        assertMeant(Workflow.read(out.resolve("good.api.json")));
        assertThat(Files.readString(out.resolve("alien.error"))).contains("NoSuchNode", "UNKNOWN_CLASS");
        assertThat(out.resolve("broken.error")).isNotEmptyFile();
        assertThat(out.resolve("alien.api.json")).doesNotExist();
    }

    @Test
    void leniencyGivesTheAnswerAndWarns(FakeComfyServer server) throws IOException {
        Path alien = Files.writeString(folder.resolve("alien.json"), DRAWN.formatted("NoSuchNode"));
        Cli done = Cli.on(server.uri(), "convert", "--lenient", alien.toString());
        assertThat(done.exit()).isEqualTo(ExitCodes.OK);
        assertThat(done.out()).contains("\"UNKNOWN\" : 64");
        assertThat(done.err()).contains("UNKNOWN_CLASS");
    }

    @Test
    void severalFilesNeedAFolder(FakeComfyServer server) {
        Cli done = Cli.on(server.uri(), "convert", in.toString());
        assertThat(done.exit()).isEqualTo(ExitCodes.USAGE);
        assertThat(done.err()).contains("give -o DIR");
    }

    @Test
    void theEditorOpensWhatIsDrawn(FakeComfyServer server) throws IOException {
        Path prompt = Files.writeString(folder.resolve("prompt.json"), MEANT.toJson());
        Path drawn = out.resolve("drawn.json");
        Cli.ok(server.uri(), "convert", prompt.toString(), "--to", "ui", "-o", drawn.toString());
        assertThat(Files.readString(drawn)).contains("\"pos\"", "\"Inputs\"", "\"version\" : 0.4");
        assertMeant(
                Workflow.parse(Cli.ok(server.uri(), "convert", drawn.toString()).out()));
    }

    @Test
    void whatTheEditorFillsInIsSaidAndWhatItCannotHoldIsRefused(FakeComfyServer server) throws IOException {
        Path few = Files.writeString(
                folder.resolve("few.json"),
                "{\"1\": {\"class_type\": \"EmptyImage\", \"inputs\": {\"width\": 64, \"height\": 32, \"batch_size\": 1}}}");
        assertThat(Cli.on(server.uri(), "convert", few.toString(), "--to", "ui").err())
                .contains("color", "FILLED_IN");
        Path alien = Files.writeString(
                folder.resolve("alien.json"), "{\"1\": {\"class_type\": \"NoSuchNode\", \"inputs\": {}}}");
        Cli done = Cli.on(server.uri(), "convert", alien.toString(), "--to", "ui");
        assertThat(done.exit()).isEqualTo(ExitCodes.WORKFLOW);
        assertThat(done.err()).contains("UNKNOWN_CLASS");
    }

    @Test
    void aFileBecomesJava(FakeComfyServer server) {
        String file = in.resolve("good.json").toString();
        assertThat(Cli.ok(server.uri(), "convert", file, "--to", "java", "--package", "com.acme", "--class", "Castle")
                        .out())
                .contains(
                        "package com.acme;",
                        "import io.github.comfyeks.nodes.EmptyImage;",
                        "public final class Castle {",
                        "var emptyImage = EmptyImage.create()",
                        ".width(64)",
                        "return Graph.of(previewImage);");
        assertThat(Cli.ok(server.uri(), "convert", file, "--to", "java").out())
                .doesNotContain("package ")
                .contains("public final class Good {");
    }

    @Test
    void ofAFolderEachFileIsNamedByItsFormat(FakeComfyServer server) throws IOException {
        Files.writeString(in.resolve("my castle.json"), MEANT.toJson());
        Cli.ok(server.uri(), "convert", in.toString(), "--to", "java", "-o", out.toString());
        Cli.ok(server.uri(), "convert", in.toString(), "--to", "ui", "-o", out.toString());
        assertThat(out.resolve("MyCastle.java")).content().contains("public final class MyCastle {");
        assertThat(out.resolve("Good.java")).exists();
        assertThat(out.resolve("my castle.ui.json")).exists();
        assertThat(out.resolve("good.ui.json")).exists();
    }

    @Test
    void namesOfJavaAreChecked(FakeComfyServer server) {
        String file = in.resolve("good.json").toString();
        Cli done = Cli.on(server.uri(), "convert", file, "--to", "java", "--class", "not a name");
        assertThat(done.exit()).isEqualTo(ExitCodes.USAGE);
        assertThat(done.err()).contains("no name of a Java class");
        assertThat(Cli.on(server.uri(), "convert", in.toString(), "-o", out.toString(), "--to", "java", "--class", "X")
                        .exit())
                .isEqualTo(ExitCodes.USAGE);
    }
}
