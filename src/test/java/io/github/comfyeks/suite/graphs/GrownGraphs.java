package io.github.comfyeks.suite.graphs;

import io.github.comfyeks.schema.Autogrow;
import io.github.comfyeks.schema.DynamicOption;
import io.github.comfyeks.schema.InputSchema;
import io.github.comfyeks.schema.InputSection;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.schema.OutputSchema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Grows valid graphs backwards from an output node: every socket is fed by a node that makes its type. Only classes whose
 * required inputs can be given so, and that need no file. Not thread-safe.
 */
final class GrownGraphs {
    private static final int MOST_NODES = 24;

    private record Maker(String classType, int slot, int rank) {}

    private final Random random;
    private final Map<String, NodeSchema> good = new LinkedHashMap<>();
    private final Map<String, List<Maker>> makers = new HashMap<>();
    private final List<NodeSchema> savers;

    GrownGraphs(ObjectInfo info, Random random) {
        this.random = random;
        Map<String, NodeSchema> left = new LinkedHashMap<>();
        info.nodes().forEach((name, schema) -> {
            String module = schema.pythonModule();
            boolean partner = module.startsWith("comfy_api_nodes");
            if (!partner && !name.contains("Load") && !name.equals("WebcamCapture")) {
                left.put(name, schema);
            }
        });
        for (int rank = 0; addReady(left, rank); rank++) {
            left.keySet().removeAll(good.keySet());
        }
        this.savers = good.values().stream().filter(NodeSchema::outputNode).toList();
    }

    private boolean addReady(Map<String, NodeSchema> left, int rank) {
        List<NodeSchema> ready = left.values().stream()
                .filter(schema -> schema.inputs(InputSection.REQUIRED).stream().allMatch(this::canFill))
                .toList();
        for (NodeSchema schema : ready) {
            good.put(schema.classType(), schema);
            for (OutputSchema output : schema.outputs()) {
                makers.computeIfAbsent(output.type(), type -> new ArrayList<>())
                        .add(new Maker(schema.classType(), output.index(), rank));
            }
        }
        return !ready.isEmpty();
    }

    private boolean canFill(InputSchema input) {
        if (input.isCombo()) {
            return !input.choices().isEmpty();
        }
        if (input.isDynamicCombo()) {
            return input.dynamicOptions().stream().anyMatch(this::canFill);
        }
        if (input.isAutogrow()) {
            return input.autogrow()
                    .map(each -> each.min() == 0 || canFill(each.input()))
                    .orElse(false);
        }
        return isWritten(input) || !makersOf(input).isEmpty();
    }

    private boolean canFill(DynamicOption option) {
        return option.inputs().stream().filter(InputSchema::isRequired).allMatch(this::canFill);
    }

    private static boolean isWritten(InputSchema input) {
        return switch (input.type()) {
            case "INT", "FLOAT", "STRING", "BOOLEAN" -> true;
            default -> false;
        };
    }

    private List<Maker> makersOf(InputSchema input) {
        List<String> types =
                input.matchType().isPresent() ? input.matchType().get().allowedTypes() : input.unionTypes();
        return types.stream()
                .map(type -> type.equals("*") ? "IMAGE" : type)
                .flatMap(type -> makers.getOrDefault(type, List.of()).stream())
                .toList();
    }

    /** A graph that a server takes; now and then it is another with the same seed only if the classes are others. */
    Map<String, Object> next() {
        Map<String, Object> graph = new LinkedHashMap<>();
        Deque<Map<String, Object>> todo = new ArrayDeque<>();
        add(graph, todo, savers.get(random.nextInt(savers.size())).classType());
        while (!todo.isEmpty()) {
            Map<String, Object> node = todo.remove();
            NodeSchema schema = good.get(String.valueOf(node.get("class_type")));
            Map<String, Object> inputs = Graph.inputs(node);
            for (InputSchema input : Objects.requireNonNull(schema).inputs()) {
                if (input.isRequired() || (input.section().equals(InputSection.OPTIONAL) && random.nextInt(5) == 0)) {
                    fill(graph, todo, inputs, input.name(), input);
                }
            }
        }
        return graph;
    }

    private static String add(Map<String, Object> graph, Deque<Map<String, Object>> todo, String classType) {
        String id = String.valueOf(graph.size() + 1);
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("class_type", classType);
        node.put("inputs", new LinkedHashMap<String, Object>());
        graph.put(id, node);
        todo.add(node);
        return id;
    }

    private void fill(
            Map<String, Object> graph,
            Deque<Map<String, Object>> todo,
            Map<String, Object> inputs,
            String name,
            InputSchema input) {
        if (input.isDynamicCombo()) {
            List<DynamicOption> options =
                    input.dynamicOptions().stream().filter(this::canFill).toList();
            if (options.isEmpty()) {
                return;
            }
            DynamicOption chosen = options.get(random.nextInt(options.size()));
            inputs.put(name, chosen.key());
            for (InputSchema each : chosen.inputs()) {
                if (each.isRequired() || random.nextInt(4) == 0) {
                    fill(graph, todo, inputs, name + "." + each.name(), each);
                }
            }
        } else if (input.isAutogrow()) {
            input.autogrow().ifPresent(grown -> grow(graph, todo, inputs, name, grown));
        } else {
            Object value = value(graph, todo, input);
            if (value != null) {
                inputs.put(name, value);
            }
        }
    }

    private void grow(
            Map<String, Object> graph,
            Deque<Map<String, Object>> todo,
            Map<String, Object> inputs,
            String name,
            Autogrow grown) {
        int most = Math.min(grown.max().orElse(grown.min() + 2), grown.min() + 2);
        int count = grown.min() + random.nextInt(Math.max(1, most - grown.min() + 1));
        for (int i = 0; i < count; i++) {
            fill(graph, todo, inputs, name + "." + grown.slot(i), grown.input());
        }
    }

    private @Nullable Object value(Map<String, Object> graph, Deque<Map<String, Object>> todo, InputSchema input) {
        if (input.isCombo() && !input.choices().isEmpty()) {
            Object choice = input.choices().get(random.nextInt(input.choices().size()));
            return input.multiselect() && random.nextBoolean() ? Map.of("__value__", List.of(choice)) : choice;
        }
        if (isWritten(input) && !(input.forceInput() && random.nextBoolean())) {
            return switch (input.type()) {
                case "INT" -> whole(input);
                case "FLOAT" -> real(input);
                case "BOOLEAN" -> random.nextBoolean();
                default -> input.defaultValue().orElse("text");
            };
        }
        List<Maker> able = makersOf(input);
        if (able.isEmpty()) {
            return input.isAny() ? "anything" : null;
        }
        // the lower the rank the fewer nodes it needs in turn
        int least = able.stream().mapToInt(Maker::rank).min().orElse(0);
        List<Maker> from = graph.size() > MOST_NODES / 3
                ? able.stream().filter(maker -> maker.rank() == least).toList()
                : able;
        Maker maker = from.get(random.nextInt(from.size()));
        return List.of(add(graph, todo, maker.classType()), maker.slot());
    }

    private Object whole(InputSchema input) {
        long min = input.min().map(Number::longValue).orElse(0L);
        double max = input.max().map(Number::doubleValue).orElse(2048.0);
        return min + random.nextInt((int) Math.max(1, Math.min(max - min + 1, 2048)));
    }

    private Object real(InputSchema input) {
        double min = input.min().map(Number::doubleValue).orElse(0.0);
        double max = Math.min(input.max().map(Number::doubleValue).orElse(10.0), min + 10);
        return min + Math.floor(random.nextDouble() * (max - min) * 100) / 100;
    }
}
