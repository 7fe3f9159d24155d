package io.github.comfyeks.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.testing.FakeComfyExtension;
import io.github.comfyeks.testing.FakeComfyServer;
import io.github.comfyeks.workflow.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(FakeComfyExtension.class)
class SetCommandTest {
    private static final String DRAWN = """
            {"version": 0.4, "last_node_id": 2, "links": [[1, 1, 0, 2, 0, "IMAGE"]], "nodes": [
              {"id": 1, "type": "EmptyImage", "title": "Canvas", "widgets_values": [64, 32, 1, 255],
               "outputs": [{"name": "IMAGE", "type": "IMAGE"}]},
              {"id": 2, "type": "SaveImage", "title": "$name How it is called", "widgets_values": ["castle"],
               "inputs": [{"name": "images", "type": "IMAGE", "link": 1}]}]}""";

    @TempDir
    private Path folder;

    private Path prompt;
    private Path drawn;

    @BeforeEach
    void draw() throws IOException {
        prompt = Cli.file(folder, "castle.json", Cli.PICTURE);
        drawn = Cli.file(folder, "drawn.json", DRAWN);
    }

    private static Object input(Workflow workflow, String node, String input) {
        return String.valueOf(workflow.node(node).inputs().get(input));
    }

    @Test
    void valuesAreSetWithoutAServer() {
        Cli done = Cli.run(
                Map.of(),
                "set",
                prompt.toString(),
                "EmptyImage.width=64",
                "2.filename_prefix=a = 1.5",
                "1.color=\"red\"");
        assertThat(done.err()).isEmpty();
        Workflow workflow = Workflow.parse(done.out());
        assertThat(workflow.node("1").inputs()).containsEntry("width", 64L).containsEntry("color", "red");
        assertThat(input(workflow, "2", "filename_prefix")).isEqualTo("a = 1.5");
    }

    @Test
    void theEditorsFormatAndParametersAreReadWithAServer(FakeComfyServer server) {
        Path out = folder.resolve("made/out.json");
        Cli.ok(
                server.uri(),
                "set",
                drawn.toString(),
                "Canvas.width=128",
                "--param",
                "name=bridge",
                "-o",
                out.toString());
        Workflow workflow = Workflow.read(out);
        assertThat(input(workflow, "1", "width")).isEqualTo("128");
        assertThat(input(workflow, "2", "filename_prefix")).isEqualTo("bridge");
    }

    @Test
    void aSideFileNamesParameters() throws IOException {
        Files.writeString(folder.resolve("castle.params.yaml"), "size: [1.width, 1.height]");
        Workflow workflow = Workflow.parse(Cli.run(Map.of(), "set", prompt.toString(), "--param", "size=96")
                .out());
        assertThat(input(workflow, "1", "width")).isEqualTo("96");
        assertThat(input(workflow, "1", "height")).isEqualTo("96");
    }

    @Test
    void withASchemaAllProblemsAreTold(FakeComfyServer server) {
        Path classes = folder.resolve("classes.json");
        Cli.ok(server.uri(), "schema", "export", "-o", classes.toString());
        Cli.run(Map.of(), "set", prompt.toString(), "1.width=0", "1.height=tall", "--schema", classes.toString())
                .failed(4, "2 problems", "width: 0", "height: \"tall\"");
    }

    @Test
    void wrongWordsAreToldApart() {
        Cli.run(Map.of(), "set", prompt.toString(), "width=1").failed(2, "width=1 is no NODE.INPUT=VALUE");
        Cli.run(Map.of(), "set", prompt.toString(), "--param", "size").failed(2, "--param size is no NAME=VALUE");
        Cli.run(Map.of(), "set", prompt.toString(), "Canvas.width=1").failed(4, "no node \"Canvas\"");
        Cli.run(Map.of(), "set", prompt.toString(), "--param", "size=1").failed(4, "no parameter \"size\"");
        Cli.run(Map.of(), "set", folder.resolve("none.json").toString()).failed(2, "none.json");
    }
}
