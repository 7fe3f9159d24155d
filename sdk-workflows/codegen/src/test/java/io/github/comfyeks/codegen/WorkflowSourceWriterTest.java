package io.github.comfyeks.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.error.WorkflowInvalidException;
import io.github.comfyeks.file.WorkflowFile;
import io.github.comfyeks.graph.CustomNode;
import io.github.comfyeks.graph.Graph;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.workflow.Workflow;
import io.github.comfyeks.workflow.WorkflowNode;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is written is compiled with the classes that it names, and run. */
class WorkflowSourceWriterTest {
    private static final Path FIXTURES = Path.of("../nodes/src/test/resources/convert");

    /** The classes of some nodes, and a writer that knows them. */
    private record Nodes(ObjectInfo schema, GeneratorOptions options) {
        static Nodes of(Set<String> classTypes) {
            return new Nodes(
                    TestSchemas.latest(),
                    GeneratorOptions.of("n").withClasses(node -> classTypes.contains(node.classType())));
        }

        SourceFile written(Workflow workflow, String className) {
            return WorkflowSourceWriter.create(schema, options).write(workflow, className);
        }

        Map<String, Graph> run(Map<String, Workflow> byClass) {
            List<SourceFile> sources =
                    new ArrayList<>(NodeGenerator.create(options).generate(schema));
            byClass.forEach((name, workflow) -> sources.add(written(workflow, name)));
            InMemory compiled = InMemory.compile(sources);
            assertThat(compiled.objections()).isEmpty();
            Map<String, Graph> graphs = new HashMap<>();
            for (String name : byClass.keySet()) {
                try {
                    graphs.put(name, (Graph) Objects.requireNonNull(
                            compiled.load(name).getMethod("graph").invoke(null)));
                } catch (ReflectiveOperationException e) {
                    throw new LinkageError(name, e);
                }
            }
            return graphs;
        }

        Graph run(Workflow workflow) {
            return Objects.requireNonNull(run(Map.of("w.Made", workflow)).get("w.Made"));
        }
    }

    private static Nodes nodesOf(Workflow... workflows) {
        return Nodes.of(Stream.of(workflows)
                .flatMap(workflow -> workflow.nodes().values().stream())
                .map(WorkflowNode::classType)
                .collect(Collectors.toSet()));
    }

    /** With whole numbers written in one way: 7 and 7.0 are one to JavaScript. */
    private static Workflow evened(Workflow workflow) {
        return Workflow.of(workflow.nodes().values().stream()
                .map(node -> {
                    Map<String, @Nullable Object> inputs = new LinkedHashMap<>();
                    node.inputs().forEach((name, value) -> inputs.put(name, evened(value)));
                    return WorkflowNode.of(node.id(), node.classType(), inputs, node.title());
                })
                .toList());
    }

    private static @Nullable Object evened(@Nullable Object value) {
        if (value instanceof Double real && real == Math.rint(real)) {
            return new BigDecimal(real).toBigInteger();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(WorkflowSourceWriterTest::evened).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, each) -> copy.put(key, evened(each)));
            return copy;
        }
        return value;
    }

    @Test
    void allFixturesAreMadeAgain() throws IOException {
        Map<String, Workflow> workflows = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(FIXTURES)) {
            files.filter(file -> file.toString().endsWith(".api.json"))
                    .sorted()
                    .flatMap(file -> WorkflowFile.read(file).prompt().stream()) // some answers are what no server takes
                    .forEach(workflow -> workflows.put("w.Fixture" + workflows.size(), workflow));
        }
        assertThat(workflows).hasSizeGreaterThan(40);
        Nodes nodes = nodesOf(workflows.values().toArray(Workflow[]::new));
        Map<String, Graph> made = nodes.run(workflows);
        workflows.forEach((name, workflow) -> assertThat(
                        evened(Objects.requireNonNull(made.get(name)).workflow())
                                .toJson())
                .isEqualTo(evened(workflow).toJson()));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = WorkflowSourceWriterTest.class.getResourceAsStream("golden/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void itReadsLikeThis() throws IOException {
        Workflow workflow = Workflow.parse(resource("castle.json"));
        Nodes nodes = nodesOf(workflow);
        assertThat(nodes.written(workflow, "com.acme.Castle"))
                .isEqualTo(new SourceFile("com/acme/Castle.java", resource("Castle.java.txt")));
        assertThat(nodes.run(workflow).toJson()).isEqualTo(workflow.toJson());
    }

    @Test
    void textsComeBackToTheLetter() {
        List<String> texts = List.of(
                "",
                "plain",
                "\"quoted\" 'single' back\\slash \\u0041 $L $$ %s",
                "tab\tend",
                "first\nsecond\n",
                "\n\n",
                "  indented\n    more  \n\ttab\t\nlast ",
                "three \"\"\" quotes\n\"\"\"\"\n\"",
                "carriage\r\nreturn\r",
                "ends with a backslash\\\n\\",
                "日本語 ünï 🏰 \u200b \u2028 \u00a0",
                "wide space at the end\u3000\nx\u2003",
                "half a pair \ud83c here",
                "null \u0000 and escape \u001b\nin lines \u0000",
                "x".repeat(70_000),
                "é\n".repeat(40_000));
        CustomNode node = CustomNode.of("Texts").withId("1");
        for (int i = 0; i < texts.size(); i++) {
            node = node.with("text" + i, texts.get(i));
        }
        Workflow workflow = Graph.of(node.titled(texts.get(6))).workflow();
        assertThat(Nodes.of(Set.of()).run(workflow).toJson()).isEqualTo(workflow.toJson());
    }

    @Test
    void valuesComeBackAsTheyWere() {
        Workflow workflow = Workflow.parse("""
                {"1": {"class_type": "Anything", "inputs": {
                   "null": null, "yes": true, "long": -9223372036854775808, "big": 18446744073709551615, "int": 2147483648,
                   "real": 1e-300, "whole": 7.0, "nan": NaN, "object": {"a": [1, null, {"b": "c"}], "d": {}},
                   "list": {"__value__": ["x", 1, null]}, "empty": {"__value__": []}, "wrapped": {"__value__": 5}}},
                 "2": {"class_type": "RandomNoise", "inputs": {"noise_seed": 18446744073709551615}},
                 "3": {"class_type": "RandomNoise", "inputs": {"noise_seed": 9007199254740993}}}""");
        assertThat(nodesOf(workflow).run(workflow).toJson()).isEqualTo(workflow.toJson());
    }

    @Test
    void whatAClassCannotSayIsACustomNode() {
        Workflow workflow = Workflow.parse("""
                {"1": {"class_type": "EmptyImage", "inputs": {"width": null, "height": 64, "batch_size": 1, "color": 0}},
                 "2": {"class_type": "EmptyImage", "inputs": {"width": 64, "height": 64, "batch_size": 1}},
                 "3": {"class_type": "EmptyImage",
                       "inputs": {"width": 64, "height": 64, "batch_size": 1, "color": 0, "depth": 3}},
                 "4": {"class_type": "EmptyImage", "inputs": {"width": "64", "height": 64, "batch_size": 1, "color": 0}},
                 "5": {"class_type": "PreviewImage", "inputs": {"images": ["3", 1]}},
                 "6": {"class_type": "PreviewImage", "inputs": {"images": ["2", 0]}}}""");
        Nodes nodes = nodesOf(workflow);
        assertThat(nodes.run(workflow).toJson()).isEqualTo(workflow.toJson());
        assertThat(nodes.written(workflow, "W").text())
                .contains("// the class EmptyImage has no input depth")
                .contains("// the class EmptyImage cannot say these inputs");
    }

    @Test
    void aLargeWorkflowIsSplit() {
        List<WorkflowNode> chain = new ArrayList<>();
        chain.add(WorkflowNode.of("1", "EmptyImage", Map.of("width", 8, "height", 8, "batch_size", 1, "color", 0)));
        for (int i = 2; i <= 3_000; i++) {
            chain.add(WorkflowNode.of(
                    String.valueOf(i),
                    "ImageInvert",
                    Map.of("image", List.of(String.valueOf(i - 1), 0L)),
                    "step " + i));
        }
        Workflow workflow = Workflow.of(chain);
        assertThat(nodesOf(workflow).run(workflow).toJson()).isEqualTo(workflow.toJson());
    }

    @Test
    void whatJavaCannotSayIsToldAllAtOnce() {
        Workflow workflow = Workflow.parse("""
                {"1": {"class_type": "ImageInvert", "inputs": {"image": ["2", 0]}},
                 "2": {"class_type": "ImageInvert", "inputs": {"image": ["1", 0]}},
                 "3": {"class_type": "X", "inputs": {"list": [1, 2, 3]}}}""");
        assertThatThrownBy(() -> nodesOf(workflow).written(workflow, "W"))
                .isInstanceOfSatisfying(
                        WorkflowInvalidException.class,
                        e -> assertThat(e.problems())
                                .containsExactly(
                                        "the links of nodes 1, 2 run in a circle, which no expression does",
                                        "node 3 (X) list: a list that is neither a link nor a value; write {\"__value__\": [1, 2, 3]}"));
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        Workflow workflow = Workflow.parse("{\"1\": {\"class_type\": \"X\", \"inputs\": {}}}");
        for (String name : List.of("", "a.1b", "class", "a b")) {
            assertThatThrownBy(() -> Nodes.of(Set.of()).written(workflow, name))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("com.acme.Castle");
        }
        assertThat(WorkflowSourceWriter.classNameOf("my castle-2")).isEqualTo("MyCastle2");
        assertThat(WorkflowSourceWriter.classNameOf("!")).isEqualTo("Workflow");
    }
}
