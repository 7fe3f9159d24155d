package io.github.comfyeks.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.comfyeks.internal.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecordedWorkflowTest {
    /**
     * Every body of a {@code POST /prompt} that a real server accepted, but for the negative output slot: Python counts it from
     * the end (S5), nobody means it, and so it is refused here.
     */
    private static List<String> accepted() throws IOException, URISyntaxException {
        List<String> bodies = new ArrayList<>();
        URI wire = Objects.requireNonNull(RecordedWorkflowTest.class.getResource("/wire"))
                .toURI();
        try (Stream<Path> files = Files.walk(Path.of(wire))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json"))
                    .filter(path -> !path.endsWith("validation-negative-slot.json"))
                    .toList()) {
                for (JsonNode exchange : Json.tree(Files.readAllBytes(file)).path("exchanges")) {
                    JsonNode request = exchange.path("request");
                    boolean submitted = request.path("path").asText().equals("/prompt")
                            && request.path("method").asText().equals("POST");
                    if (submitted && exchange.path("response").path("status").asInt() == 200) {
                        JsonNode body = request.path("body");
                        bodies.add(body.isTextual() ? body.textValue() : body.toString());
                    }
                }
            }
        }
        return bodies;
    }

    @Test
    void whatRealServersTookIsReadAndWrittenWithoutLoss() throws IOException, URISyntaxException {
        List<String> bodies = accepted();
        assertThat(bodies).hasSizeGreaterThan(50);
        for (String body : bodies) {
            Workflow workflow = Workflow.parse(body);
            JsonNode graph = Json.tree(body).path("prompt");
            assertThat(Json.tree(workflow.toJson())).as(body).isEqualTo(graph);
            assertThat(Workflow.parse(workflow.toJson()).nodes()).isEqualTo(workflow.nodes());
        }
    }
}
