package io.github.comfyeks.samples.benchmark;

import io.github.comfyeks.convert.Conversion;
import io.github.comfyeks.convert.WorkflowConverter;
import io.github.comfyeks.nodes.KSampler;
import io.github.comfyeks.schema.ObjectInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How long it takes to convert a workflow of the editor with 1,000 nodes in subgraphs in subgraphs, when warm.
 * {@code java -cp samples/benchmark/target/benchmark.jar io.github.comfyeks.samples.benchmark.ConversionSpeed}
 */
public final class ConversionSpeed {
    private static final int OUTER = 20;
    private static final int MIDDLE = 7;
    private static final int INNER = 7;
    private static final int ROUNDS = 400;

    private ConversionSpeed() {}

    public static void main(String[] args) throws IOException {
        ObjectInfo classes =
                ObjectInfo.read(Objects.requireNonNull(KSampler.class.getResourceAsStream("object_info.json")));
        Map<String, Object> file = file();
        WorkflowConverter converter = WorkflowConverter.strict();
        double[] millis = new double[ROUNDS];
        Conversion conversion = converter.toApi(file, classes);
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            conversion = converter.toApi(file, classes);
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        double[] warm = Arrays.copyOfRange(millis, ROUNDS / 2, ROUNDS);
        Arrays.sort(warm);
        System.out.printf(
                "%d nodes: median %.2f ms, 95 %% under %.2f ms, the second of all %.1f ms%n",
                conversion.prompt().size(), warm[warm.length / 2], warm[warm.length * 95 / 100], millis[0]);
    }

    /** A chain of outer subgraphs, each a chain of middle ones, each a chain of samplers with a promoted seed. */
    private static Map<String, Object> file() {
        List<Object> definitions = List.of(
                subgraph("outer", chain(MIDDLE, 100, "middle", true)),
                subgraph("middle", chain(INNER, 200, "KSampler", true)));
        Map<String, Object> root = chain(OUTER, 300, "outer", false);
        return Map.of(
                "version",
                0.4,
                "last_node_id",
                400,
                "nodes",
                Objects.requireNonNull(root.get("nodes")),
                "links",
                Objects.requireNonNull(root.get("links")),
                "definitions",
                Map.of("subgraphs", definitions));
    }

    private static Map<String, Object> subgraph(String id, Map<String, Object> graph) {
        return Map.of(
                "id",
                id,
                "name",
                id,
                "nodes",
                Objects.requireNonNull(graph.get("nodes")),
                "links",
                Objects.requireNonNull(graph.get("links")),
                "inputs",
                List.of(port("seed", "INT"), port("latent_image", "LATENT")),
                "outputs",
                List.of(port("LATENT", "LATENT")));
    }

    private static Map<String, Object> port(String name, String type) {
        return Map.of("name", name, "type", type);
    }

    /** Nodes of which each takes the latent of the one before; inside of a subgraph the first takes the host's, and all its seed. */
    private static Map<String, Object> chain(int length, int firstId, String type, boolean inside) {
        List<Object> nodes = new ArrayList<>();
        List<Object> links = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            int id = firstId + i;
            List<Object> inputs = new ArrayList<>();
            if (inside) {
                links.add(List.of(links.size() + 1, -10, 0, id, 0, "INT"));
                inputs.add(
                        Map.of("name", "seed", "type", "INT", "link", links.size(), "widget", Map.of("name", "seed")));
            }
            if (inside || i > 0) {
                links.add(
                        List.of(links.size() + 1, i == 0 ? -10 : id - 1, i == 0 ? 1 : 0, id, inputs.size(), "LATENT"));
                inputs.add(Map.of("name", "latent_image", "type", "LATENT", "link", links.size()));
            }
            List<Object> values =
                    type.equals("KSampler") ? List.of(i, "fixed", 20, 7.5, "euler", "normal", 1) : List.of(i);
            nodes.add(Map.of(
                    "id",
                    id,
                    "type",
                    type,
                    "mode",
                    0,
                    "inputs",
                    inputs,
                    "outputs",
                    List.of(port("LATENT", "LATENT")),
                    "widgets_values",
                    values));
        }
        if (inside) {
            links.add(List.of(links.size() + 1, firstId + length - 1, 0, -20, 0, "LATENT"));
        }
        return Map.of("nodes", nodes, "links", links);
    }
}
