package io.github.comfyeks.inspect;

import io.github.comfyeks.inspect.internal.ModelFiles;
import io.github.comfyeks.inspect.internal.Samplings;
import io.github.comfyeks.schema.InputSchema;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.validation.ValidationReport;
import io.github.comfyeks.validation.WorkflowValidator;
import io.github.comfyeks.workflow.Workflow;
import io.github.comfyeks.workflow.WorkflowNode;
import io.github.comfyeks.workflow.WorkflowSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What a workflow needs of the servers that are to run it, and what it does: custom node packs, model files, files to upload,
 * outputs, and how much sampling. Found in the workflow and the servers' node classes; nothing is run. Immutable and safe for any
 * number of threads.
 *
 * @param packs the nodes by the packs that bring them; those of ComfyUI first, unknown classes last
 * @param models the model files, by folder and name
 * @param inputs the files that it reads from the input folder, in the graph's order
 * @param outputs the nodes that save, show or send, in the graph's order
 * @param samplings the samplers, in the graph's order
 * @param reports what the validator says for each server
 */
public record WorkflowInspection(
        List<NodePack> packs,
        List<ModelFile> models,
        List<InputFile> inputs,
        List<OutputNode> outputs,
        List<Sampling> samplings,
        Map<String, ValidationReport> reports) {
    private static final Map<String, String> UPLOADS =
            Map.of("image_upload", "image", "video_upload", "video", "audio_upload", "audio", "file_upload", "file");

    public WorkflowInspection {
        packs = List.copyOf(packs);
        models = List.copyOf(models);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        samplings = List.copyOf(samplings);
        reports = Map.copyOf(reports);
    }

    /** Looks at a workflow as one server would, named {@code server}. */
    public static WorkflowInspection of(WorkflowSource workflow, ObjectInfo server) {
        return of(workflow, Map.of("server", server));
    }

    /**
     * Looks at a workflow as several servers would.
     *
     * @param servers their node classes by any name
     * @throws IllegalArgumentException without a server
     */
    public static WorkflowInspection of(WorkflowSource workflow, Map<String, ObjectInfo> servers) {
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("an inspection needs the node classes of a server");
        }
        Workflow graph = workflow.workflow();
        Map<String, NodeSchema> classes = classes(graph, servers);
        Map<String, ValidationReport> reports = new TreeMap<>();
        servers.forEach(
                (name, info) -> reports.put(name, WorkflowValidator.of(info).validate(graph)));
        return new WorkflowInspection(
                packs(graph, classes),
                ModelFiles.of(graph, servers),
                inputs(graph, classes),
                outputs(graph, classes),
                Samplings.of(graph, classes),
                reports);
    }

    /** The sum of the samplers' megapixels times steps; empty if one of them is unknown, 0 without a sampler. */
    public OptionalDouble megapixelSteps() {
        return samplings.stream().allMatch(each -> each.megapixelSteps().isPresent())
                ? OptionalDouble.of(samplings.stream()
                        .mapToDouble(each -> each.megapixelSteps().getAsDouble())
                        .sum())
                : OptionalDouble.empty();
    }

    private static Map<String, NodeSchema> classes(Workflow graph, Map<String, ObjectInfo> servers) {
        Map<String, NodeSchema> classes = new LinkedHashMap<>();
        for (WorkflowNode node : graph.nodes().values()) {
            servers.values().stream()
                    .flatMap(info -> info.find(node.classType()).stream())
                    .findFirst()
                    .ifPresent(schema -> classes.put(node.classType(), schema));
        }
        return classes;
    }

    private static List<NodePack> packs(Workflow graph, Map<String, NodeSchema> classes) {
        Map<String, Map<String, Integer>> byPack = new TreeMap<>();
        for (WorkflowNode node : graph.nodes().values()) {
            NodeSchema schema = classes.get(node.classType());
            String pack = schema == null ? NodePack.UNKNOWN : pack(schema.pythonModule());
            byPack.computeIfAbsent(pack, any -> new TreeMap<>()).merge(node.classType(), 1, Integer::sum);
        }
        List<NodePack> packs = new ArrayList<>();
        for (String own : List.of(NodePack.COMFYUI, NodePack.PARTNER)) {
            Optional.ofNullable(byPack.remove(own)).ifPresent(used -> packs.add(new NodePack(own, used)));
        }
        Map<String, Integer> unknown = byPack.remove(NodePack.UNKNOWN);
        byPack.forEach((name, used) -> packs.add(new NodePack(name, used)));
        if (unknown != null) {
            packs.add(new NodePack(NodePack.UNKNOWN, unknown));
        }
        return packs;
    }

    private static String pack(String pythonModule) {
        if (pythonModule.startsWith("custom_nodes.")) {
            return pythonModule.substring("custom_nodes.".length());
        }
        return pythonModule.startsWith("comfy_api_nodes") ? NodePack.PARTNER : NodePack.COMFYUI;
    }

    private static List<InputFile> inputs(Workflow graph, Map<String, NodeSchema> classes) {
        List<InputFile> files = new ArrayList<>();
        for (WorkflowNode node : graph.nodes().values()) {
            NodeSchema schema = classes.get(node.classType());
            if (schema == null) {
                continue;
            }
            for (InputSchema input : schema.inputs()) {
                if (node.inputs().get(input.name()) instanceof String name) {
                    UPLOADS.entrySet().stream()
                            .filter(upload -> input.flag(upload.getKey()))
                            .findFirst()
                            .ifPresent(upload -> files.add(new InputFile(
                                    upload.getValue(),
                                    name,
                                    new Place(node.id(), node.title(), node.classType(), input.name()))));
                }
            }
        }
        return files;
    }

    private static List<OutputNode> outputs(Workflow graph, Map<String, NodeSchema> classes) {
        List<OutputNode> outputs = new ArrayList<>();
        for (WorkflowNode node : graph.nodes().values()) {
            NodeSchema schema = classes.get(node.classType());
            if (schema != null && schema.outputNode()) {
                outputs.add(new OutputNode(
                        node.id(),
                        node.title(),
                        node.classType(),
                        node.inputs().get("filename_prefix") instanceof String prefix
                                ? Optional.of(prefix)
                                : Optional.empty()));
            }
        }
        return outputs;
    }
}
