package io.github.comfyeks.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.convert.Conversion;
import io.github.comfyeks.convert.ConversionProblem;
import io.github.comfyeks.convert.WorkflowConverter;
import io.github.comfyeks.error.WorkflowInvalidException;
import io.github.comfyeks.file.WorkflowFile;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.workflow.Workflow;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Here because here are ComfyUI's own node classes, by which files are read. */
class WorkflowConverterTest {
    private static ObjectInfo classes = ObjectInfo.of(List.of());

    @BeforeAll
    static void readTheClasses() throws IOException {
        classes = ObjectInfo.read(Objects.requireNonNull(KSampler.class.getResourceAsStream("object_info.json")));
    }

    private static Path folder() throws URISyntaxException {
        URL readme = Objects.requireNonNull(WorkflowConverterTest.class.getResource("/convert/README.md"));
        return Objects.requireNonNull(Path.of(readme.toURI()).getParent());
    }

    static Stream<String> answered() throws IOException, URISyntaxException {
        try (Stream<Path> files = Files.list(folder())) {
            return files
                    .map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".api.json"))
                    .map(name -> name.replace(".api.json", ""))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static Map<String, @Nullable Object> ui(Path file) {
        return WorkflowFile.read(file).uiWorkflow().orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("answered")
    void aFileBecomesWhatThePageMakesOfIt(String name) throws URISyntaxException {
        Path file = folder().resolve(name + ".json");
        Workflow page = Workflow.read(folder().resolve(name + ".api.json"));
        Workflow ours = WorkflowConverter.strict().toApi(ui(file), classes).workflow();
        assertThat(ours.nodes().keySet()).isEqualTo(page.nodes().keySet());
        page.nodes().forEach((id, node) -> assertThat(ours.node(id).inputs())
                .as("node " + id + " " + node.classType())
                .isEqualTo(node.inputs()));
    }

    private static Map<String, Object> file(List<Map<String, Object>> nodes, List<List<Object>> links) {
        return Map.of("version", 0.4, "last_node_id", 9, "nodes", nodes, "links", links);
    }

    private static Map<String, Object> node(int id, String type, Object... widgets) {
        return Map.of("id", id, "type", type, "mode", 0, "widgets_values", List.of(widgets));
    }

    private static Map<String, Object> prompt(Conversion conversion, String id) {
        @SuppressWarnings("unchecked")
        Map<String, Object> node =
                (Map<String, Object>) Objects.requireNonNull(conversion.prompt().get(id));
        return node;
    }

    @Test
    void aClassThatTheServerLacksIsNamedWithItsNode() {
        Map<String, Object> file = file(List.of(node(3, "NoSuchNode", 5)), List.of());
        assertThatThrownBy(() -> WorkflowConverter.strict().toApi(file, classes))
                .isInstanceOf(WorkflowInvalidException.class)
                .hasMessageContaining("node 3 (NoSuchNode)")
                .hasMessageContaining("UNKNOWN_CLASS");
        Conversion conversion = WorkflowConverter.lenient().toApi(file, classes);
        assertThat(conversion.problems())
                .extracting(ConversionProblem::code)
                .containsExactly(ConversionProblem.Code.UNKNOWN_CLASS);
        assertThat(prompt(conversion, "3"))
                .doesNotContainKey("class_type")
                .containsEntry("inputs", Map.of("UNKNOWN", 5));
    }

    @Test
    void alternativesAreDrawnByTheGivenSource() {
        ObjectInfo prompted = ObjectInfo.of(List.of(NodeSchema.of(
                "Prompted",
                Map.of(
                        "input",
                        Map.of("required", Map.of("text", List.of("STRING", Map.of("dynamicPrompts", true))))))));
        Map<String, Object> file =
                file(List.of(node(1, "Prompted", "a {red|green} \\{car\\} // never said")), List.of());
        assertThat(prompt(WorkflowConverter.strict().toApi(file, prompted), "1").get("inputs"))
                .isEqualTo(Map.of("text", "a red {car} "));
        Conversion second = WorkflowConverter.strict().withRandom(() -> -1L).toApi(file, prompted);
        assertThat(prompt(second, "1").get("inputs")).isEqualTo(Map.of("text", "a green {car} "));
    }

    @Test
    void everyProblemIsToldAtOnce() {
        Map<String, Object> dead = Map.of(
                "id",
                1,
                "type",
                "PreviewImage",
                "inputs",
                List.of(Map.of("name", "images", "type", "IMAGE", "link", 77)));
        assertThatThrownBy(() -> WorkflowConverter.strict()
                        .toApi(file(List.of(dead, node(2, "NoSuchNode")), List.of()), classes))
                .isInstanceOfSatisfying(WorkflowInvalidException.class, e -> assertThat(e.problems())
                        .hasSize(2));
    }

    @Test
    void whatIsNoFileOfTheEditorIsRefused() {
        assertThatThrownBy(() -> WorkflowConverter.strict().toApi(Map.of("1", Map.of()), classes))
                .isInstanceOf(WorkflowInvalidException.class)
                .hasMessageContaining("no file of ComfyUI's editor");
    }

    @Test
    void aSubgraphThatHoldsItselfEnds() {
        Map<String, Object> definition =
                Map.of("id", "d", "name", "loop", "nodes", List.of(node(5, "d")), "links", List.of());
        Map<String, Object> file = Map.of(
                "nodes",
                List.of(node(1, "d")),
                "links",
                List.of(),
                "definitions",
                Map.of("subgraphs", List.of(definition)));
        assertThatThrownBy(() -> WorkflowConverter.strict().toApi(file, classes))
                .isInstanceOf(WorkflowInvalidException.class)
                .hasMessageContaining("contains itself");
    }
}
