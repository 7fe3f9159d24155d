package io.github.comfyeks.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.testing.FakeComfyExtension;
import io.github.comfyeks.testing.FakeComfyServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(FakeComfyExtension.class)
@Timeout(60)
class ValidateCommandTest {
    private static final String MISSING = """
            {"4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "gone.safetensors"}},
             "5": {"class_type": "PreviewAny", "inputs": {"source": ["4", 0]}}}""";

    private static final String DRAWN = """
            {"version": 0.4, "last_node_id": 2, "links": [[1, 1, 0, 2, 0, "IMAGE"]], "nodes": [
              {"id": 1, "type": "EmptyImage", "widgets_values": [64, 32, 1, 255]},
              {"id": 2, "type": "PreviewImage", "inputs": [{"name": "images", "type": "IMAGE", "link": 1}]}]}""";

    @TempDir
    Path folder;

    @Test
    void aGoodWorkflowIsValid(FakeComfyServer server) throws IOException {
        Path good = Cli.file(folder, "good.json", Cli.PICTURE);
        assertThat(Cli.ok(server.uri(), "validate", good.toString()).lines())
                .containsExactly(good + ": valid", "1 workflow, 0 invalid");
        assertThat(server.requests()).doesNotContainKey("POST /prompt");
    }

    @Test
    void aFolderIsCheckedFileByFile(FakeComfyServer server) throws IOException {
        Cli.file(folder, "a.json", Cli.PICTURE);
        Cli.file(folder, "b.json", MISSING);
        Cli.file(folder, "c.json", DRAWN.replace("EmptyImage", "NoSuchNode"));
        Cli.file(folder, "d.json", "no json");
        Cli.file(folder, "e.txt", "nothing of ours");
        Cli done = Cli.on(server.uri(), "validate", folder.toString());
        assertThat(done.exit()).isEqualTo(4);
        assertThat(done.out())
                .contains(
                        "a.json: valid",
                        "b.json: invalid",
                        "  error: node 4 (CheckpointLoaderSimple) ckpt_name: \"gone.safetensors\" is not a choice",
                        "NoSuchNode",
                        "d.json: is no JSON object",
                        "4 workflows, 3 invalid")
                .doesNotContain("e.txt");
    }

    @Test
    void aFileOfTheEditorIsCheckedAsItWouldBeSent(FakeComfyServer server) throws IOException {
        Path drawn = Cli.file(folder, "drawn.json", DRAWN);
        assertThat(Cli.ok(server.uri(), "validate", drawn.toString()).out()).contains("drawn.json: valid");
        Cli wrong = Cli.on(
                server.uri(),
                "validate",
                Cli.file(folder, "wrong.json", DRAWN.replace("64, 32", "64, -5"))
                        .toString());
        assertThat(wrong.out()).contains("node 1 (EmptyImage", "height");
    }

    @Test
    void jsonHasOneLineAFile(FakeComfyServer server) throws IOException {
        Cli.file(folder, "a.json", Cli.PICTURE);
        Cli.file(folder, "b.json", "{\"prompt\": " + MISSING + "}");
        Cli.file(folder, "c.json", "[]");
        List<JsonNode> lines =
                Cli.on(server.uri(), "validate", folder.toString(), "--json").json();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0).path("valid").asBoolean()).isTrue();
        assertThat(lines.get(0).get("error").isNull()).isTrue();
        JsonNode missing = lines.get(1);
        assertThat(missing.path("file").asText()).endsWith("b.json");
        assertThat(missing.path("valid").asBoolean(true)).isFalse();
        assertThat(missing.path("error").asText()).isEqualTo("prompt_outputs_failed_validation");
        assertThat(missing.path("node_errors").size()).isEqualTo(1);
        assertThat(missing.at("/node_errors/4/0/type").asText()).isEqualTo("value_not_in_list");
        assertThat(missing.at("/node_errors/4/0/input").asText()).isEqualTo("ckpt_name");
        assertThat(missing.path("undecided").isArray()).isTrue();
        assertThat(missing.path("order_dependent").isArray()).isTrue();
        JsonNode problem = missing.at("/problems/0");
        assertThat(problem.path("code").asText()).isEqualTo("not_a_choice");
        assertThat(problem.path("node").asText()).isEqualTo("4");
        assertThat(problem.path("value").asText()).isEqualTo("gone.safetensors");
        assertThat(lines.get(2).at("/problems/0/code").asText()).isEqualTo("no_workflow");
    }

    @Test
    void aSchemaFileStandsForAServer(FakeComfyServer server) throws IOException {
        Path schema = folder.resolve("schema").resolve("classes.json");
        Files.createDirectories(schema.getParent());
        Cli.ok(server.uri(), "schema", "export", "-o", schema.toString());
        Path bad = Cli.file(folder, "bad.json", MISSING);
        Cli done = Cli.run(Map.of(), "validate", bad.toString(), "--schema", schema.toString(), "--comfyui", "0.8.0");
        assertThat(done.exit()).isEqualTo(4);
        assertThat(done.out()).contains("ckpt_name");
    }

    @Test
    void wrongUsageIsOneLine(FakeComfyServer server) throws IOException {
        Path good = Cli.file(folder, "good.json", Cli.PICTURE);
        Cli.on(server.uri(), "validate", folder.resolve("none.json").toString()).failed(2, "no readable file");
        Cli.on(server.uri(), "validate", good.toString(), "--comfyui", "0.8.0").failed(2, "--schema");
        Cli.on(server.uri(), "validate", good.toString(), "--schema", "none.json")
                .failed(2, "none.json cannot be read");
    }

    @Test
    void graphPrintsAPicture(FakeComfyServer server) throws IOException {
        Path good = Cli.file(folder, "good.json", Cli.PICTURE);
        assertThat(Cli.run(Map.of(), "graph", good.toString()).lines())
                .containsExactly(
                        "flowchart LR",
                        "    n0[\"1: EmptyImage\"]",
                        "    n1[\"2: SaveImage\"]",
                        "    n0 -->|\"images\"| n1");
        Path schema = folder.resolve("schema.txt");
        Cli.ok(server.uri(), "schema", "export", "--out", schema.toString());
        assertThat(Cli.run(Map.of(), "graph", good.toString(), "--format", "dot", "--schema", schema.toString())
                        .out())
                .contains("digraph workflow {", "n0 -> n1 [label=\"IMAGE → images\"];");
    }

    @Test
    void exportedSchemasHaveOneClassALineWithoutProse() throws IOException {
        String classes = """
                {"B": {"input": {"required": {"x": ["INT", {"tooltip": "prose", "min": 1}], "m": ["MODEL", {"tooltip": "t"}],
                    "t": ["STRING", {"default": "a\\nb", "display_name": "A whole sentence of many words"}],
                    "d": ["COMFY_DYNAMICCOMBO_V3", {"options": [{"key": "k", "inputs": {"required": {"y": ["INT", {"tooltip": "u"}]}}}]}],
                    "g": ["COMFY_AUTOGROW_V3", {"template": {"input": {"required": {"z": ["INT", {"tooltip": "v"}]}}, "min": 1}}]}},
                    "output": ["INT"], "description": "prose", "deprecated": false, "api_node": true, "search_aliases": ["p"],
                    "output_matchtypes": null, "output_tooltips": ["w"]},
                 "A": {"input": {}, "output": []}}""";
        ObjectInfo info = ObjectInfo.read(new ByteArrayInputStream(classes.getBytes(StandardCharsets.UTF_8)));
        assertThat(SchemaFacts.of(info).lines())
                .containsExactly(
                        "{",
                        "\"A\": {\"input\":{},\"output\":[]},",
                        "\"B\": {\"input\":{\"required\":{\"x\":[\"INT\",{\"min\":1}],\"m\":[\"MODEL\"],"
                                + "\"t\":[\"STRING\",{\"default_dropped\":true}],"
                                + "\"d\":[\"COMFY_DYNAMICCOMBO_V3\",{\"options\":[{\"key\":\"k\",\"inputs\":{\"required\":{\"y\":[\"INT\"]}}}]}],"
                                + "\"g\":[\"COMFY_AUTOGROW_V3\",{\"template\":{\"input\":{\"required\":{\"z\":[\"INT\"]}},\"min\":1}}]}},"
                                + "\"output\":[\"INT\"],\"api_node\":true}",
                        "}");
    }

    @Test
    void schemaAloneShowsItsHelp(FakeComfyServer server) {
        Cli done = Cli.on(server.uri(), "schema");
        assertThat(done.exit()).isEqualTo(2);
        assertThat(done.err()).contains("export");
    }
}
