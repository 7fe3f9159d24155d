package io.github.comfyeks.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.convert.ConversionProblem;
import io.github.comfyeks.convert.ConversionProblem.Code;
import io.github.comfyeks.convert.Drawing;
import io.github.comfyeks.convert.WorkflowConverter;
import io.github.comfyeks.error.WorkflowInvalidException;
import io.github.comfyeks.file.WorkflowFile;
import io.github.comfyeks.graph.CustomNode;
import io.github.comfyeks.graph.Graph;
import io.github.comfyeks.graph.TypedNode;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.workflow.Link;
import io.github.comfyeks.workflow.Workflow;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A workflow is drawn and read again. */
class DrawingTest {
    /** Inputs for which the editor has a socket only, though a graph may have a value there. */
    private static final Set<String> SOCKETS = Set.of(
            "ComfyNumberConvert",
            "CreateHookKeyframesFromFloats",
            "CropByBBoxes",
            "DrawBBoxes",
            "LayersFromBoundingBoxes",
            "SAM3_Detect",
            "SDPoseKeypointExtractor",
            "SeedVR2TemporalMerge");

    private record Rectangle(int x, int y, int width, int height) {
        boolean intersects(Rectangle other) {
            return x < other.x + other.width
                    && other.x < x + width
                    && y < other.y + other.height
                    && other.y < y + height;
        }

        boolean contains(Rectangle other) {
            return x <= other.x
                    && y <= other.y
                    && other.x + other.width <= x + width
                    && other.y + other.height <= y + height;
        }
    }

    private static final ObjectInfo CLASSES = EveryNodeTest.schema();

    static Stream<Path> fixtures() throws Exception {
        URL readme = Objects.requireNonNull(DrawingTest.class.getResource("/convert/README.md"));
        Path folder = Objects.requireNonNull(Path.of(readme.toURI()).getParent());
        try (Stream<Path> files = Files.list(folder)) {
            return files
                    .filter(file -> file.toString().endsWith(".api.json"))
                    .map(DrawingTest::right)
                    .filter(file ->
                            WorkflowFile.read(file).prompt().isPresent()) // some answers are what no server takes
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    /** What stands in the place of an answer in which the page loses something. */
    private static Path right(Path answer) {
        Path right = answer.resolveSibling(String.valueOf(answer.getFileName()).replace(".api.json", ".right.json"));
        return Files.exists(right) ? right : answer;
    }

    private static Path fixture(String name) throws URISyntaxException {
        URL file = Objects.requireNonNull(DrawingTest.class.getResource("/convert/" + name));
        return Path.of(file.toURI());
    }

    /** Inputs of the node with this id, with links as the drawing numbers them. */
    private static Map<String, Object> renumbered(Workflow workflow, String id, Drawing drawing) {
        Map<String, Object> inputs = new TreeMap<>(workflow.node(id).inputs());
        workflow.node(id)
                .links()
                .forEach((name, link) ->
                        inputs.put(name, List.of(drawing.ids().get(link.nodeId()), (long) link.slot())));
        return inputs;
    }

    private static Object asDoubles(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(DrawingTest::asDoubles).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new TreeMap<>();
            map.forEach((key, each) -> copy.put(key, asDoubles(each)));
            return copy;
        }
        return value;
    }

    private static void assertComesBack(Workflow workflow, Drawing drawing, ObjectInfo classes) {
        Workflow back =
                WorkflowConverter.strict().toApi(drawing.uiWorkflow(), classes).workflow();
        assertThat(back.nodes().keySet())
                .containsExactlyInAnyOrderElementsOf(drawing.ids().values());
        workflow.nodes().forEach((id, node) -> {
            var same = back.node(Objects.requireNonNull(drawing.ids().get(id)));
            assertThat(same.classType()).isEqualTo(node.classType());
            assertThat(node.title()).isIn("", same.title());
            assertThat(asDoubles(same.inputs()))
                    .as("node " + id + " " + node.classType())
                    .isEqualTo(asDoubles(renumbered(workflow, id, drawing)));
        });
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void aFixtureIsTheSameAgain(Path file) {
        Workflow workflow = Workflow.read(file);
        assertComesBack(workflow, WorkflowConverter.strict().toUi(workflow, CLASSES), CLASSES);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 5})
    void aNodeOfEveryClassIsTheSameAgain(int variant) {
        NodeSchema any = NodeSchema.of("Any", Map.of("output", List.of("*")));
        List<NodeSchema> classes = new ArrayList<>(CLASSES.nodes().values());
        classes.add(any);
        ObjectInfo known = ObjectInfo.of(classes);
        Map<String, List<String>> problems = new TreeMap<>();
        Specimens specimens = new Specimens(variant);
        for (Class<?> type : EveryNodeTest.classes()) {
            TypedNode<?> least = specimens.least(type);
            for (TypedNode<?> node : List.of(least, specimens.most(least))) {
                Drawing drawing = WorkflowConverter.lenient().toUi(Graph.of(node), known);
                List<String> lost = drawing.problems().stream()
                        .filter(problem -> !problem.code().equals(Code.FILLED_IN))
                        .map(ConversionProblem::toString)
                        .filter(problem -> !SOCKETS.contains(node.classType())
                                || !problem.contains("no such widget or socket in the editor"))
                        .filter(problem -> !problem.contains("compare_view")) // is never kept
                        .toList();
                if (!lost.isEmpty()) {
                    problems.put(node.classType(), lost);
                }
            }
        }
        assertThat(problems).isEmpty();
    }

    @Test
    void textsThatTheEditorWouldChangeAreWrittenSoThatItDoesNot() {
        String text = "a {red|green} car // and a comment /* of two */ at http://x.y, \\} | (1:2)";
        Workflow workflow = Graph.of(CLIPTextEncode.text(text)
                        .clip(CheckpointLoaderSimple.ckptName("x.safetensors").clip()))
                .workflow();
        Drawing drawing = WorkflowConverter.strict().toUi(workflow, promptsAreDynamic());
        assertComesBack(workflow, drawing, promptsAreDynamic());
    }

    private static ObjectInfo promptsAreDynamic() {
        assertThat(CLASSES.find("CLIPTextEncode")
                        .orElseThrow()
                        .input("text")
                        .orElseThrow()
                        .flag("dynamicPrompts"))
                .isTrue();
        return CLASSES;
    }

    @Test
    void idsThatAreNoNumbersAreNumberedOnInTheirOrder() {
        Workflow workflow = Workflow.of(Map.of(
                "7",
                Map.of("class_type", "PreviewImage", "inputs", Map.of("images", new Link("12:3", 0))),
                "12:3",
                Map.of("class_type", "EmptyImage", "inputs", emptyImage()),
                "12:4",
                Map.of("class_type", "EmptyImage", "inputs", emptyImage())));
        Drawing drawing = WorkflowConverter.strict().toUi(workflow, CLASSES);
        assertThat(drawing.ids()).isEqualTo(Map.of("7", "7", "12:3", "8", "12:4", "9"));
        assertComesBack(workflow, drawing, CLASSES);
        assertThat(groups(drawing)).contains("Subgraph 12");
    }

    private static Map<String, Object> emptyImage() {
        return Map.of("width", 64, "height", 64, "batch_size", 1, "color", 0);
    }

    private static List<String> groups(Drawing drawing) {
        return list(drawing, "groups").stream()
                .map(group -> String.valueOf(group.get("title")))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Drawing drawing, String name) {
        return (List<Map<String, Object>>)
                Objects.requireNonNull(drawing.uiWorkflow().get(name));
    }

    @Test
    void whatTheFormatCannotHoldIsToldAllAtOnce() {
        Workflow workflow = Workflow.parse("""
                {"1": {"class_type": "EmptyImage", "inputs": {"width": null, "height": 64, "batch_size": 1, "color": 0}},
                 "2": {"class_type": "CLIPTextEncode", "_meta": {"title": "sky"},
                       "inputs": {"text": null, "clip": "no link", "strength": 3}},
                 "3": {"class_type": "RandomNoise", "inputs": {"noise_seed": 18446744073709551615}},
                 "4": {"class_type": "NoSuchNode", "inputs": {"x": 1}},
                 "5": {"class_type": "Reroute", "inputs": {"image": ["1", 0]}}}""");
        assertThatThrownBy(() -> WorkflowConverter.strict().toUi(workflow, CLASSES))
                .isInstanceOfSatisfying(WorkflowInvalidException.class, e -> assertThat(e.problems())
                        .containsExactly(
                                "node 2 (CLIPTextEncode \"sky\"): text: null would come back as \"\" [LOST]",
                                "node 2 (CLIPTextEncode \"sky\"): clip: the class has no such widget or socket in the editor,"
                                        + " \"no link\" would be lost [LOST]",
                                "node 2 (CLIPTextEncode \"sky\"): strength: the class has no such widget or socket in the"
                                        + " editor, 3 would be lost [LOST]",
                                "node 3 (RandomNoise): noise_seed: 18446744073709551615 would come back as"
                                        + " 18446744073709552000 [LOST]",
                                "node 4 (NoSuchNode): the server has no class \"NoSuchNode\", so the order of its widgets is"
                                        + " not known; install the node pack that has it [UNKNOWN_CLASS]",
                                "node 5 (Reroute): the editor has a node of this name for itself and does not send it"
                                        + " [LOST]"));
    }

    @Test
    void aWidgetWithoutAValueIsFilledInAndTold() {
        Workflow workflow = Workflow.parse("""
                {"1": {"class_type": "EmptyImage", "inputs": {"width": 8, "height": 64, "batch_size": 1}}}""");
        assertThat(WorkflowConverter.strict().toUi(workflow, CLASSES).problems())
                .extracting(ConversionProblem::toString)
                .containsExactly(
                        "node 1 (EmptyImage): color: the workflow has no value; the editor sends 0 [FILLED_IN]");
    }

    @Test
    void aNodeOfUnknownClassKeepsItsLinksAndValues() {
        Graph graph = Graph.of(CustomNode.of("Unknown")
                .with("image", EmptyImage.create().image())
                .with("seed", 5)
                .with("name", "x"));
        Map<String, Object> node =
                list(WorkflowConverter.lenient().toUi(graph, CLASSES), "nodes").get(1);
        assertThat(node)
                .containsEntry("type", "Unknown")
                .containsEntry("widgets_values", List.of(5L, "fixed", "x"))
                .containsEntry("inputs", List.of(Map.of("name", "image", "type", "*", "link", 1L)));
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void nothingLiesUponAnotherAndLinksRunToTheRight(Path file) {
        Drawing drawing = WorkflowConverter.lenient().toUi(Workflow.read(file), CLASSES);
        List<Rectangle> nodes = new ArrayList<>();
        Map<Object, Integer> lefts = new TreeMap<>();
        for (Map<String, Object> node : list(drawing, "nodes")) {
            List<Integer> at = ints(node.get("pos"));
            List<Integer> size = ints(node.get("size"));
            nodes.add(new Rectangle(at.get(0), at.get(1) - 30, size.get(0), size.get(1) + 30)); // with its title
            lefts.put(node.get("id"), at.get(0));
        }
        assertApart(nodes);
        List<Rectangle> groups = list(drawing, "groups").stream()
                .map(group -> ints(group.get("bounding")))
                .map(box -> new Rectangle(box.get(0), box.get(1), box.get(2), box.get(3)))
                .toList();
        assertApart(groups);
        assertThat(nodes)
                .allMatch(node ->
                        groups.stream().filter(group -> group.contains(node)).count() == 1);
        for (Object link : (List<?>) Objects.requireNonNull(drawing.uiWorkflow().get("links"))) {
            List<?> ends = (List<?>) link;
            assertThat(lefts.get(ends.get(1))).isLessThan(lefts.get(ends.get(3)));
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Integer> ints(@org.jspecify.annotations.Nullable Object list) {
        return (List<Integer>) Objects.requireNonNull(list);
    }

    private static void assertApart(List<Rectangle> boxes) {
        for (int i = 0; i < boxes.size(); i++) {
            for (int k = 0; k < i; k++) {
                assertThat(boxes.get(i).intersects(boxes.get(k)))
                        .as(boxes.get(i) + " " + boxes.get(k))
                        .isFalse();
            }
        }
    }

    @Test
    void theSameWorkflowIsDrawnTheSame() throws URISyntaxException {
        Workflow workflow = Workflow.read(fixture("match-type.api.json"));
        assertThat(WorkflowConverter.strict().toUi(workflow, CLASSES))
                .isEqualTo(WorkflowConverter.strict().toUi(workflow, CLASSES));
    }

    @Test
    void aCircleIsDrawnToo() {
        Workflow workflow = Workflow.of(Map.of(
                "1", Map.of("class_type", "ImageInvert", "inputs", Map.of("image", new Link("2", 0))),
                "2", Map.of("class_type", "ImageInvert", "inputs", Map.of("image", new Link("1", 0)))));
        assertComesBack(workflow, WorkflowConverter.strict().toUi(workflow, CLASSES), CLASSES);
    }
}
