package io.github.comfyeks.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Runs the command as a shell would, and keeps what it said. */
record Cli(int exit, String out, String err) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** One picture of a colour: node 1 makes it, node 2 saves it. */
    static final String PICTURE = """
            {"1": {"class_type": "EmptyImage", "inputs": {"width": 48, "height": 32, "batch_size": 1, "color": 255}},
             "2": {"class_type": "SaveImage", "inputs": {"images": ["1", 0], "filename_prefix": "castle"}}}""";

    static Cli run(Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command =
                Comfyeks.commandLine(environment).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int exit = command.execute(arguments);
        command.getOut().flush();
        command.getErr().flush();
        return new Cli(exit, out.toString(), err.toString());
    }

    static Cli on(URI server, String... arguments) {
        return run(Map.of("COMFYEKS_SERVER", server.toString()), arguments);
    }

    /** Runs it where all must go well. */
    static Cli ok(URI server, String... arguments) {
        Cli done = on(server, arguments);
        assertThat(done.err).isEmpty();
        assertThat(done.exit).isEqualTo(0);
        return done;
    }

    static Path file(Path folder, String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /** Asserts that it failed with this exit code and one line, which holds these words. */
    void failed(int code, CharSequence... words) {
        assertThat(exit).as(err).isEqualTo(code);
        assertThat(err.lines()).hasSize(1);
        assertThat(err).startsWith("comfyeks: ").contains(words);
    }

    List<String> lines() {
        return out.lines().toList();
    }

    /** The JSON lines; fails if one is none. */
    List<JsonNode> json() {
        return out.lines().map(Cli::parse).toList();
    }

    private static JsonNode parse(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            assertThat(node.isObject()).as(line).isTrue();
            return node;
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + line, e);
        }
    }

    /** The one JSON line with this event. */
    JsonNode event(String name) {
        List<JsonNode> found = events(name);
        assertThat(found).as("%s in %s", name, out).hasSize(1);
        return found.get(0);
    }

    List<JsonNode> events(String name) {
        return json().stream()
                .filter(node -> node.path("event").asText().equals(name))
                .toList();
    }
}
