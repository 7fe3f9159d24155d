package io.github.comfyeks.testing.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.comfyeks.testing.internal.files.Folders;
import io.github.comfyeks.testing.internal.files.Models;
import io.github.comfyeks.testing.internal.json.Json;
import io.github.comfyeks.testing.internal.version.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The node classes of one server. Choices that are files (checkpoints, LoRAs, uploaded pictures) are filled in when asked for,
 * because they change while the server runs.
 */
public final class Schemas {
    private static final Map<Version, ObjectNode> BUILT_IN = new ConcurrentHashMap<>();

    /** The input that lists a model folder's files, by class and input name. */
    private static final Map<String, String> FOLDER_OF = Map.ofEntries(
            Map.entry("CheckpointLoaderSimple.ckpt_name", "checkpoints"),
            Map.entry("CheckpointLoader.ckpt_name", "checkpoints"),
            Map.entry("unCLIPCheckpointLoader.ckpt_name", "checkpoints"),
            Map.entry("ImageOnlyCheckpointLoader.ckpt_name", "checkpoints"),
            Map.entry("LoraLoader.lora_name", "loras"),
            Map.entry("LoraLoaderModelOnly.lora_name", "loras"),
            Map.entry("VAELoader.vae_name", "vae"),
            Map.entry("CLIPLoader.clip_name", "text_encoders"),
            Map.entry("DualCLIPLoader.clip_name1", "text_encoders"),
            Map.entry("DualCLIPLoader.clip_name2", "text_encoders"),
            Map.entry("UNETLoader.unet_name", "diffusion_models"),
            Map.entry("ControlNetLoader.control_net_name", "controlnet"),
            Map.entry("UpscaleModelLoader.model_name", "upscale_models"),
            Map.entry("CLIPVisionLoader.clip_name", "clip_vision"),
            Map.entry("StyleModelLoader.style_model_name", "style_models"));

    /** Inputs that list the files of the input or output folder. */
    private static final Map<String, String> FILES_OF =
            Map.of("LoadImage.image", "input", "LoadImageMask.image", "input", "LoadImageOutput.image", "output");

    private final Map<String, NodeSchema> classes = new ConcurrentHashMap<>();
    private final ObjectNode all;
    private final Models models;
    private final Folders folders;

    public Schemas(ObjectNode all, Models models, Folders folders) {
        this.all = all;
        this.models = models;
        this.folders = folders;
        all.properties().forEach(field -> {
            if (!hasFiles(field.getKey(), field.getValue())) {
                classes.put(field.getKey(), new NodeSchema(field.getKey(), field.getValue()));
            }
        });
    }

    /** The classes that come with this module for a version. The caller must not change them. */
    public static ObjectNode builtIn(Version version) {
        return BUILT_IN.computeIfAbsent(version.behaviour(), known -> {
            String name = "/io/github/comfyeks/testing/schema/object_info-" + known + ".json";
            try (InputStream in = Schemas.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IllegalStateException("missing resource " + name);
                }
                return (ObjectNode) Json.parse(in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read resource " + name, e);
            }
        });
    }

    /** The class, or null if the server has none of that name. */
    public @Nullable NodeSchema find(String classType) {
        NodeSchema known = classes.get(classType);
        if (known != null) {
            return known;
        }
        JsonNode info = all.get(classType);
        return info == null ? null : new NodeSchema(classType, withFiles(classType, info));
    }

    /** The answer of {@code GET /object_info}. */
    public ObjectNode objectInfo() {
        ObjectNode answer = Json.object();
        all.properties().forEach(field -> answer.set(field.getKey(), withFiles(field.getKey(), field.getValue())));
        return answer;
    }

    /** The answer of {@code GET /object_info/{class}}: an empty object for an unknown class (H8). */
    public ObjectNode objectInfo(String classType) {
        ObjectNode answer = Json.object();
        JsonNode info = all.get(classType);
        if (info != null) {
            answer.set(classType, withFiles(classType, info));
        }
        return answer;
    }

    private static boolean hasFiles(String classType, JsonNode info) {
        for (JsonNode group : info.path("input")) {
            for (var it = group.fieldNames(); it.hasNext(); ) {
                String key = classType + "." + it.next();
                if (FOLDER_OF.containsKey(key) || FILES_OF.containsKey(key)) {
                    return true;
                }
            }
        }
        return false;
    }

    private JsonNode withFiles(String classType, JsonNode info) {
        if (!hasFiles(classType, info)) {
            return info;
        }
        JsonNode copy = info.deepCopy();
        for (JsonNode group : copy.path("input")) {
            group.properties().forEach(field -> fill(classType + "." + field.getKey(), field.getValue()));
        }
        return copy;
    }

    private void fill(String key, JsonNode spec) {
        JsonNode type = spec.path(0);
        JsonNode choices = type.isArray() ? type : spec.path(1).path("options");
        if (!(choices instanceof ArrayNode array)) {
            return;
        }
        TreeSet<String> files = new TreeSet<>();
        String folder = FOLDER_OF.get(key);
        if (folder != null) {
            files.addAll(models.files(folder));
        }
        String kind = FILES_OF.get(key);
        if (kind != null) {
            files.addAll(folders.namesIn(kind));
        }
        if (!files.isEmpty()) {
            TreeSet<String> fixed = new TreeSet<>();
            array.forEach(choice -> fixed.add(choice.asText()));
            fixed.removeAll(files);
            array.removeAll();
            files.forEach(array::add);
            fixed.forEach(array::add);
        }
    }
}
