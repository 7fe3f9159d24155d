package io.github.comfyeks.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.graph.Graph;
import io.github.comfyeks.graph.TypedNode;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.ObjectInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All generated classes, beside the schema. */
class EveryNodeTest {
    private static final ObjectInfo SCHEMA = schema();
    private static final List<Class<?>> CLASSES = classes();

    static ObjectInfo schema() {
        try (InputStream in = KSampler.class.getResourceAsStream("object_info.json")) {
            return ObjectInfo.read(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static List<Class<?>> classes() {
        try {
            Path root = Path.of(KSampler.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (Stream<Path> files = Files.walk(root)) {
                return files.map(file -> root.relativize(file).toString())
                        .filter(file -> file.matches("io/github/comfyeks/nodes/(partner/)?\\w+\\.class"))
                        .filter(file -> !file.contains("package-info"))
                        .<Class<?>>map(file -> load(file.replace(".class", "").replace('/', '.')))
                        .filter(TypedNode.class::isAssignableFrom)
                        .sorted(java.util.Comparator.comparing(Class::getName))
                        .toList();
            }
        } catch (IOException | java.net.URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyClassOfTheSchemaIsThere() {
        TreeSet<String> made = new TreeSet<>();
        CLASSES.forEach(type -> made.add(new Specimens(0).least(type).classType()));
        TreeSet<String> wanted = new TreeSet<>();
        SCHEMA.nodes().values().stream().filter(node -> !node.devOnly()).forEach(node -> wanted.add(node.classType()));
        assertThat(made).isEqualTo(wanted).hasSize(887);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 5, 7, 11})
    void theLeastAndTheMostOfEachIsWhatTheSchemaAsksFor(int variant) {
        Map<String, List<String>> problems = new TreeMap<>();
        Specimens specimens = new Specimens(variant);
        for (Class<?> type : CLASSES) {
            TypedNode<?> least = specimens.least(type);
            NodeSchema schema = SCHEMA.find(least.classType()).orElseThrow();
            List<String> found = SchemaCheck.problems(schema, least.inputs());
            if (found.isEmpty()) {
                found = SchemaCheck.problems(schema, specimens.most(least).inputs());
            }
            if (!found.isEmpty()) {
                problems.put(least.classType(), found);
            }
        }
        assertThat(problems).isEmpty();
    }

    @Test
    void everyNodeMakesJson() {
        Specimens specimens = new Specimens(0);
        for (Class<?> type : CLASSES) {
            TypedNode<?> node = specimens.most(specimens.least(type));
            assertThat(Graph.of(node).toJson()).contains("\"class_type\":\"" + node.classType() + "\"");
        }
    }

    @Test
    void everyOutputHasAnAccessor() {
        for (Class<?> type : CLASSES) {
            TypedNode<?> node = new Specimens(0).least(type);
            long accessors = Stream.of(type.getDeclaredMethods())
                    .filter(method -> method.getReturnType() == io.github.comfyeks.graph.Output.class)
                    .count();
            assertThat(accessors)
                    .as(node.classType())
                    .isEqualTo(SCHEMA.find(node.classType())
                            .orElseThrow()
                            .outputs()
                            .size());
        }
    }

    @Test
    void whatIsDeprecatedIsSo() {
        for (Class<?> type : CLASSES) {
            String classType = new Specimens(0).least(type).classType();
            assertThat(type.isAnnotationPresent(Deprecated.class))
                    .as(classType)
                    .isEqualTo(SCHEMA.find(classType).orElseThrow().deprecated());
        }
    }

    @Test
    void partnerNodesLiveApart() {
        for (Class<?> type : CLASSES) {
            String classType = new Specimens(0).least(type).classType();
            assertThat(type.getPackageName().endsWith(".partner"))
                    .as(classType)
                    .isEqualTo(SCHEMA.find(classType).orElseThrow().apiNode());
        }
    }
}
