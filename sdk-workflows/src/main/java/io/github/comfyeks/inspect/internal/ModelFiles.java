package io.github.comfyeks.inspect.internal;

import io.github.comfyeks.inspect.ModelFile;
import io.github.comfyeks.inspect.Place;
import io.github.comfyeks.schema.InputSchema;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.workflow.Workflow;
import io.github.comfyeks.workflow.WorkflowNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the model files that a workflow names. A schema lists files without the folder that they lie in, so the folder goes by the
 * class, then by the input's name, as ComfyUI and most node packs call them.
 */
public final class ModelFiles {
    private static final Pattern FILE =
            Pattern.compile(".+\\.(safetensors|sft|ckpt|pt|pt2|pth|bin|pkl|gguf|onnx)", Pattern.CASE_INSENSITIVE);
    private static final Pattern EMBEDDING = Pattern.compile("embedding:([^\\s,:()]+)");

    private static final Map<String, String> BY_CLASS = Map.ofEntries(
            Map.entry("CLIPVisionLoader", "clip_vision"),
            Map.entry("UpscaleModelLoader", "upscale_models"),
            Map.entry("LatentUpscaleModelLoader", "latent_upscale_models"),
            Map.entry("ModelPatchLoader", "model_patches"),
            Map.entry("FrameInterpolationModelLoader", "frame_interpolation"),
            Map.entry("OpticalFlowLoader", "optical_flow"),
            Map.entry("LoadMoGeModel", "geometry_estimation"),
            Map.entry("LoadDA3Model", "geometry_estimation"),
            Map.entry("LoadMediaPipeFaceLandmarker", "detection"));

    private static final Map<String, String> BY_INPUT = Map.ofEntries(
            Map.entry("ckpt_name", "checkpoints"),
            Map.entry("lora_name", "loras"),
            Map.entry("lora", "loras"),
            Map.entry("vae_name", "vae"),
            Map.entry("unet_name", "diffusion_models"),
            Map.entry("clip_name", "text_encoders"),
            Map.entry("clip_name1", "text_encoders"),
            Map.entry("clip_name2", "text_encoders"),
            Map.entry("clip_name3", "text_encoders"),
            Map.entry("clip_name4", "text_encoders"),
            Map.entry("text_encoder", "text_encoders"),
            Map.entry("control_net_name", "controlnet"),
            Map.entry("style_model_name", "style_models"),
            Map.entry("gligen_name", "gligen"),
            Map.entry("hypernetwork_name", "hypernetworks"),
            Map.entry("photomaker_model_name", "photomaker"),
            Map.entry("audio_encoder_name", "audio_encoders"),
            Map.entry("bg_removal_name", "background_removal"),
            Map.entry("upscale_model_name", "upscale_models"));

    private record Key(String folder, String name) {}

    private final Map<String, ObjectInfo> servers;
    private final Map<Key, List<Place>> found = new LinkedHashMap<>();

    private ModelFiles(Map<String, ObjectInfo> servers) {
        this.servers = servers;
    }

    /** By folder and name. */
    public static List<ModelFile> of(Workflow graph, Map<String, ObjectInfo> servers) {
        ModelFiles files = new ModelFiles(servers);
        graph.nodes().values().forEach(files::look);
        return files.found.entrySet().stream()
                .map(each -> new ModelFile(
                        each.getKey().folder(),
                        each.getKey().name(),
                        each.getValue(),
                        files.listed(each.getKey().name(), each.getValue())))
                .sorted(Comparator.comparing(ModelFile::folder).thenComparing(ModelFile::name))
                .toList();
    }

    private void look(WorkflowNode node) {
        node.inputs().forEach((input, value) -> {
            if (!(value instanceof String text)) {
                return;
            }
            Place place = new Place(node.id(), node.title(), node.classType(), input);
            if (isModel(node, input, text)) {
                add(folder(node.classType(), input), text, place);
            }
            Matcher embedding = EMBEDDING.matcher(text);
            while (embedding.find()) {
                add("embeddings", embedding.group(1), place);
            }
        });
    }

    private void add(String folder, String name, Place place) {
        found.computeIfAbsent(new Key(folder, name), any -> new ArrayList<>()).add(place);
    }

    private boolean isModel(WorkflowNode node, String input, String value) {
        if (!FILE.matcher(value).matches()) {
            return false;
        }
        // a text may name a file as well, but only a combo, or an input of a class that nobody knows, is a place for
        // one
        return servers.values().stream()
                .flatMap(info -> info.find(node.classType()).stream())
                .flatMap(schema -> schema.input(input).stream())
                .allMatch(InputSchema::isCombo);
    }

    private static String folder(String classType, String input) {
        String byClass = BY_CLASS.get(classType);
        return byClass != null ? byClass : BY_INPUT.getOrDefault(input.toLowerCase(Locale.ROOT), "");
    }

    private Map<String, Boolean> listed(String name, List<Place> places) {
        Map<String, Boolean> listed = new LinkedHashMap<>();
        servers.forEach((server, info) -> {
            List<InputSchema> combos = places.stream()
                    .flatMap(place ->
                            info.find(place.classType()).flatMap(schema -> schema.input(place.input())).stream())
                    .filter(InputSchema::isCombo)
                    .toList();
            if (!combos.isEmpty()) {
                listed.put(server, combos.stream().allMatch(combo -> combo.choices()
                        .contains(name)));
            }
        });
        return listed;
    }
}
