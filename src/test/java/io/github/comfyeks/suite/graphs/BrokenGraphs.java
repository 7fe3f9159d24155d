package io.github.comfyeks.suite.graphs;

import io.github.comfyeks.schema.InputSchema;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.ObjectInfo;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Grown graphs with up to four edits, each of which breaks something, or bends what servers are lenient about. Not thread-safe. */
public final class BrokenGraphs {
    private static final List<@Nullable Object> ODD = Arrays.asList(
            null,
            "",
            "abc",
            "12",
            "1.5",
            " 7 ",
            "1_0",
            "false",
            "nan",
            true,
            false,
            0,
            -1,
            1,
            7.9,
            1e9,
            -1_000_000_000_000L,
            BigInteger.ONE.shiftLeft(64),
            Double.NaN,
            Double.POSITIVE_INFINITY,
            List.of(),
            List.of(1),
            List.of("a", "b", "c"),
            Map.of(),
            Map.of("a", 1),
            Map.of("__value__", List.of()),
            Map.of("__value__", "3"));
    private static final List<@Nullable Object> SLOTS =
            Arrays.asList(5, 99, -1, -9, "0", 0.0, true, false, null, BigInteger.ONE.shiftLeft(70));

    private final ObjectInfo info;
    private final Random random;
    private final GrownGraphs grown;
    private final Map<String, Consumer<Map<String, Object>>> edits = new LinkedHashMap<>();

    /** @param seed the same graphs for the same seed and classes */
    public BrokenGraphs(ObjectInfo info, long seed) {
        this.info = info;
        this.random = new Random(seed);
        this.grown = new GrownGraphs(info, random);
        edits.put("odd value", graph -> atInput(graph, inputs -> inputs.put(any(inputs), any(ODD))));
        edits.put("odd value too", graph -> atInput(graph, inputs -> inputs.put(any(inputs), any(ODD))));
        edits.put("limits", this::limits);
        edits.put("limits too", this::limits);
        edits.put("no choice", graph -> atCombo(graph, (inputs, name) -> inputs.put(name, "no such choice")));
        edits.put("dropped input", graph -> atInput(graph, inputs -> inputs.remove(any(inputs))));
        edits.put("dead link", graph -> atInput(graph, inputs -> inputs.put(any(inputs), List.of("999", 0))));
        edits.put("odd slot", graph -> atLink(graph, link -> Arrays.asList(link.get(0), any(SLOTS))));
        edits.put("id as number", graph -> atLink(graph, link -> List.of(1, 0)));
        edits.put("id as list", graph -> atLink(graph, link -> List.of(List.of("1"), 0)));
        edits.put("link of three", graph -> atLink(graph, link -> List.of("1", 0, 0)));
        edits.put("any link", graph -> atInput(graph, inputs -> inputs.put(any(inputs), List.of(any(graph), 0))));
        edits.put("cycle", this::cycle);
        edits.put("other class", graph -> atNode(graph, node -> node.put("class_type", any(classes()))));
        edits.put("unknown class", graph -> rarely(graph, node -> node.put("class_type", "NoSuchNode")));
        edits.put("class missing", graph -> rarely(graph, node -> node.remove("class_type")));
        edits.put("class as number", graph -> rarely(graph, node -> node.put("class_type", 3)));
        edits.put("class as list", graph -> rarely(graph, node -> node.put("class_type", List.of())));
        edits.put("no inputs", graph -> rarely(graph, node -> node.remove("inputs")));
        edits.put("inputs as list", graph -> rarely(graph, node -> node.put("inputs", List.of())));
        edits.put("node as text", graph -> rarely(graph, node -> graph.put(any(graph), "node")));
        edits.put("no output", this::noOutput);
        edits.put("unknown input", graph -> atInput(graph, inputs -> inputs.put("nonsense", any(ODD))));
        edits.put("wrapped", graph -> atInput(graph, this::wrap));
        edits.put("swapped", graph -> atInput(graph, this::swap));
        edits.put("repetitions", this::repetitions);
        edits.put("options", this::options);
        edits.put("unused node", graph -> graph.put("900", node("EmptyImage", Map.of("width", "x"))));
        edits.put(
                "second output",
                graph -> graph.put(
                        "901", node("PreviewImage", Map.of("images", List.of(any(graph), random.nextInt(2))))));
        edits.put("value for a link", graph -> atLink(graph, link -> "text"));
    }

    private static Map<String, Object> node(String classType, Map<String, Object> inputs) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("class_type", classType);
        node.put("inputs", new LinkedHashMap<>(inputs));
        return node;
    }

    private static List<String> classes() {
        return List.of(
                "KSampler", "SaveImage", "EmptyImage", "ProbeTypes", "ImageScale", "ProbeValidate", "PreviewAny");
    }

    /** The next graph; every fifth is as it has grown. */
    public Graph next() {
        Map<String, Object> graph = grown.next();
        List<String> done = new ArrayList<>();
        List<String> names = List.copyOf(edits.keySet());
        int count = random.nextInt(5);
        for (int i = 0; i < count && !graph.isEmpty(); i++) {
            String edit = any(names);
            Objects.requireNonNull(edits.get(edit)).accept(graph);
            done.add(edit);
        }
        return new Graph(List.copyOf(done), graph);
    }

    private <T extends @Nullable Object> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private String any(Map<String, ?> map) {
        return any(List.copyOf(map.keySet()));
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Map<String, Object> inputsOf(@Nullable Object node) {
        return node instanceof Map<?, ?> map && map.get("inputs") instanceof Map<?, ?> inputs
                ? (Map<String, Object>) inputs
                : null;
    }

    @SuppressWarnings("unchecked")
    private void atNode(Map<String, Object> graph, Consumer<Map<String, Object>> edit) {
        if (graph.get(any(graph)) instanceof Map<?, ?> node) {
            edit.accept((Map<String, Object>) node);
        }
    }

    /** What makes the server look no further would else hide the rest. */
    private void rarely(Map<String, Object> graph, Consumer<Map<String, Object>> edit) {
        if (random.nextInt(3) == 0) {
            atNode(graph, edit);
        }
    }

    private void atInput(Map<String, Object> graph, Consumer<Map<String, Object>> edit) {
        Map<String, Object> inputs = inputsOf(graph.get(any(graph)));
        if (inputs != null && !inputs.isEmpty()) {
            edit.accept(inputs);
        }
    }

    private interface LinkEdit {
        @Nullable
        Object of(List<?> link);
    }

    private void atLink(Map<String, Object> graph, LinkEdit edit) {
        List<Runnable> links = new ArrayList<>();
        graph.values().forEach(node -> {
            Map<String, Object> inputs = inputsOf(node);
            if (inputs != null) {
                inputs.forEach((name, value) -> {
                    if (value instanceof List<?> link && link.size() == 2) {
                        links.add(() -> inputs.put(name, edit.of(link)));
                    }
                });
            }
        });
        if (!links.isEmpty()) {
            any(links).run();
        }
    }

    private interface InputEdit {
        void at(Map<String, Object> inputs, String name);
    }

    private void atSchema(Map<String, Object> graph, Predicate<InputSchema> which, InputEdit edit) {
        List<Runnable> found = new ArrayList<>();
        graph.values().forEach(node -> {
            Map<String, Object> inputs = inputsOf(node);
            NodeSchema schema = inputs == null ? null : schemaOf(node);
            if (inputs != null && schema != null) {
                schema.inputs().stream().filter(which).forEach(input -> found.add(() -> edit.at(inputs, input.name())));
            }
        });
        if (!found.isEmpty()) {
            any(found).run();
        }
    }

    private @Nullable NodeSchema schemaOf(Object node) {
        return node instanceof Map<?, ?> map && map.get("class_type") instanceof String name
                ? info.find(name).orElse(null)
                : null;
    }

    private void atCombo(Map<String, Object> graph, InputEdit edit) {
        atSchema(graph, InputSchema::isCombo, edit);
    }

    private void limits(Map<String, Object> graph) {
        List<Runnable> found = new ArrayList<>();
        graph.values().forEach(node -> {
            Map<String, Object> inputs = inputsOf(node);
            NodeSchema schema = inputs == null ? null : schemaOf(node);
            if (inputs == null || schema == null) {
                return;
            }
            for (InputSchema input : schema.inputs()) {
                input.min().ifPresent(min -> {
                    found.add(() -> inputs.put(input.name(), min));
                    found.add(() -> inputs.put(input.name(), min.doubleValue() - 1));
                });
                input.max().ifPresent(max -> {
                    found.add(() -> inputs.put(input.name(), max));
                    found.add(() -> inputs.put(input.name(), new BigInteger(whole(max)).add(BigInteger.ONE)));
                });
            }
        });
        if (!found.isEmpty()) {
            any(found).run();
        }
    }

    private static String whole(Number number) {
        return number instanceof Double real ? String.valueOf(real.longValue()) : number.toString();
    }

    private void cycle(Map<String, Object> graph) {
        List<Runnable> links = new ArrayList<>();
        graph.forEach((id, node) -> {
            Map<String, Object> inputs = inputsOf(node);
            if (inputs != null) {
                inputs.forEach((name, value) -> {
                    if (value instanceof List<?>) {
                        links.add(() -> inputs.put(name, List.of(random.nextBoolean() ? id : any(graph), 0)));
                    }
                });
            }
        });
        if (!links.isEmpty()) {
            any(links).run();
        }
    }

    private void noOutput(Map<String, Object> graph) {
        if (random.nextInt(3) == 0) {
            graph.values().removeIf(node -> {
                NodeSchema schema = schemaOf(node);
                return schema != null && schema.outputNode();
            });
        }
    }

    private void wrap(Map<String, Object> inputs) {
        String name = any(inputs);
        inputs.put(name, Collections.singletonMap("__value__", inputs.get(name)));
    }

    private void swap(Map<String, Object> inputs) {
        String one = any(inputs);
        String other = any(inputs);
        Object kept = inputs.get(one);
        inputs.put(one, inputs.get(other));
        inputs.put(other, kept);
    }

    /** Repetitions beyond the greatest number, or one less than there must be. */
    private void repetitions(Map<String, Object> graph) {
        graph.put("902", node("ProbeGrow", Map.of("vals.v0", 1, "vals.v1", 2)));
        graph.put("903", node("PreviewAny", Map.of("source", List.of("902", 0))));
        Map<String, Object> inputs = inputsOf(graph.get("902"));
        if (inputs != null) {
            any(List.<Runnable>of(
                            () -> inputs.remove("vals.v1"),
                            () -> inputs.put("vals.v99", "x"),
                            () -> inputs.put("vals.v2", any(ODD)),
                            () -> inputs.put("vals", 3),
                            () -> inputs.put("named.left", "x"),
                            () -> inputs.put("named.nobody", "x")))
                    .run();
        }
    }

    /** Keys of a dynamic combo that are missing, unknown or linked, and inputs of its options. */
    private void options(Map<String, Object> graph) {
        graph.put("904", node("ProbeDyn", Map.of("mode", "one", "mode.amount", 3)));
        graph.put("905", node("PreviewAny", Map.of("source", List.of("904", 0))));
        Map<String, Object> inputs = inputsOf(graph.get("904"));
        if (inputs != null) {
            any(List.<Runnable>of(
                            () -> inputs.remove("mode"),
                            () -> inputs.put("mode", any(ODD)),
                            () -> inputs.put("mode", "two"),
                            () -> inputs.put("mode", List.of("999", 0)),
                            () -> inputs.put("mode.amount", any(ODD)),
                            () -> inputs.put("mode.amount", 99),
                            () -> inputs.putAll(Map.of("mode", "two", "mode.name", 5, "mode.inner", "x")),
                            () -> inputs.putAll(
                                    Map.of("mode", "two", "mode.name", "n", "mode.inner", "x", "mode.inner.f", "y")),
                            () -> inputs.put("mode", "none")))
                    .run();
        }
    }
}
