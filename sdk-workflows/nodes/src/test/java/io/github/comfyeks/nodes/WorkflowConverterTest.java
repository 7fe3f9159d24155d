package io.github.comfyeks.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.convert.Conversion;
import io.github.comfyeks.convert.ConversionProblem;
import io.github.comfyeks.convert.ConversionProblem.Severity;
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
import java.util.ArrayList;
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
    /** The page's answers to these have nodes without a class. */
    private static final List<String> NO_SERVER_TAKES = List.of("unknown-class", "group-undefined");

    private static ObjectInfo classes = ObjectInfo.of(List.of());

    @BeforeAll
    static void readTheClasses() throws IOException {
        classes = ObjectInfo.read(Objects.requireNonNull(KSampler.class.getResourceAsStream("object_info.json")));
    }

    private static Path folder() throws URISyntaxException {
        URL readme = Objects.requireNonNull(WorkflowConverterTest.class.getResource("/convert/README.md"));
        return Objects.requireNonNull(Path.of(readme.toURI()).getParent());
    }

    private static Stream<String> fixtures(String ending) {
        try (Stream<Path> files = Files.list(folder())) {
            return files
                    .map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(ending))
                    .map(name -> name.substring(0, name.length() - ending.length()))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<String> answered() {
        return fixtures(".api.json").filter(name -> !NO_SERVER_TAKES.contains(name));
    }

    static Stream<String> refused() {
        return Stream.concat(fixtures(".api.error"), NO_SERVER_TAKES.stream());
    }

    private static Map<String, @Nullable Object> ui(String name) throws URISyntaxException {
        return WorkflowFile.read(folder().resolve(name + ".json")).uiWorkflow().orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("answered")
    void aFileBecomesWhatThePageMakesOfIt(String name) throws URISyntaxException {
        Path right = folder().resolve(name + ".right.json"); // where the page is not
        Workflow answer = Workflow.read(Files.exists(right) ? right : folder().resolve(name + ".api.json"));
        Workflow ours = WorkflowConverter.strict().toApi(ui(name), classes).workflow();
        assertThat(ours.nodes().keySet()).isEqualTo(answer.nodes().keySet());
        answer.nodes().forEach((id, node) -> {
            String where = "node " + id + " " + node.classType();
            assertThat(ours.node(id).classType()).as(where).isEqualTo(node.classType());
            assertThat(ours.node(id).title()).as(where).isEqualTo(node.title());
            assertThat(ours.node(id).inputs()).as(where).isEqualTo(node.inputs());
        });
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatThePageRefusesAndWhatNoServerTakesIsRefusedWithTheNodesName(String name) {
        assertThatThrownBy(() -> WorkflowConverter.strict().toApi(ui(name), classes))
                .isInstanceOf(WorkflowInvalidException.class)
                .hasMessageContaining(name.equals("group-undefined") ? "node 1 (workflow>gone)" : "node 2 (");
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
    void aGetNodeWithoutItsSetNodeIsNamed() {
        Map<String, Object> save = Map.of(
                "id",
                2,
                "type",
                "PreviewImage",
                "inputs",
                List.of(Map.of("name", "images", "type", "IMAGE", "link", 1)));
        Map<String, Object> file =
                file(List.of(node(1, "GetNode", "sky"), save), List.of(List.of(1, 1, 0, 2, 0, "IMAGE")));
        assertThatThrownBy(() -> WorkflowConverter.strict().toApi(file, classes))
                .isInstanceOf(WorkflowInvalidException.class)
                .hasMessageContaining("node 1 (GetNode)")
                .hasMessageContaining("\"sky\"")
                .hasMessageContaining("DEAD_LINK");
    }

    @Test
    void anotherNumberOfValuesThanTheClassTakesIsAWarningAlsoStrictly() {
        Map<String, Object> file =
                file(List.of(node(1, "EmptyImage", 8, 8), node(2, "EmptyImage", 8, 8, 1, 0)), List.of());
        Conversion conversion = WorkflowConverter.strict().toApi(file, classes);
        assertThat(conversion.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.severity()).isEqualTo(Severity.WARNING);
            assertThat(problem.code()).isEqualTo(ConversionProblem.Code.WIDGET_COUNT);
            assertThat(problem.message()).contains("node 1 (EmptyImage)", "2 values", "takes 4");
        });
    }

    @Test
    void whatIsNoFileOfTheEditorIsRefused() {
        assertThatThrownBy(() -> WorkflowConverter.strict().toApi(Map.of("1", Map.of()), classes))
                .isInstanceOf(WorkflowInvalidException.class)
                .hasMessageContaining("no file of ComfyUI's editor");
    }

    @Test
    void aCircleOfSetAndGetEnds() {
        Map<String, Object> set = Map.of(
                "id",
                1,
                "type",
                "SetNode",
                "widgets_values",
                List.of("sky"),
                "inputs",
                List.of(Map.of("name", "IMAGE", "type", "IMAGE", "link", 1)));
        Map<String, Object> save = Map.of(
                "id",
                3,
                "type",
                "PreviewImage",
                "inputs",
                List.of(Map.of("name", "images", "type", "IMAGE", "link", 2)));
        Map<String, Object> file = file(
                List.of(set, node(2, "GetNode", "sky"), save),
                List.of(List.of(1, 2, 0, 1, 0, "IMAGE"), List.of(2, 2, 0, 3, 0, "IMAGE")));
        assertThatThrownBy(() -> WorkflowConverter.strict().toApi(file, classes))
                .isInstanceOf(WorkflowInvalidException.class)
                .hasMessageContaining("runs in a circle");
    }

    @Test
    void aSubgraphThatUnfoldsWithoutEndIsRefused() {
        List<Object> definitions = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String inner = "d" + (i + 1);
            definitions.add(
                    Map.of("id", "d" + i, "nodes", List.of(node(1, inner), node(2, inner)), "links", List.of()));
        }
        Map<String, Object> file = Map.of(
                "nodes", List.of(node(1, "d0")), "links", List.of(), "definitions", Map.of("subgraphs", definitions));
        assertThatThrownBy(() -> WorkflowConverter.strict().toApi(file, classes))
                .isInstanceOf(WorkflowInvalidException.class)
                .hasMessageContaining("more than");
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
