package io.github.comfyeks.model.visibility.internal;

import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.error.HttpStatusException;
import io.github.comfyeks.model.store.ModelKey;
import io.github.comfyeks.model.store.ModelObject;
import io.github.comfyeks.model.visibility.Unseen;
import io.github.comfyeks.model.visibility.Unseen.Reason;
import io.github.comfyeks.schema.InputSchema;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.server.ServerApi;
import io.github.comfyeks.server.ServerModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One look at one server. */
public final class ServerLook {
    /** Folders that ComfyUI serves under another name. */
    private static final Map<String, String> SERVED_AS =
            Map.of("unet", "diffusion_models", "clip", "text_encoders", "t2i_adapter", "controlnet");

    /** What ComfyUI takes for a model; in folders of configurations, texts too. */
    private static final Set<String> LISTED = Set.of("ckpt", "pt", "pt2", "bin", "pth", "safetensors", "pkl", "sft");

    /** Folders whose files some node of ComfyUI offers as choices. */
    private static final Set<String> OFFERED = Set.of(
            "checkpoints",
            "loras",
            "vae",
            "text_encoders",
            "diffusion_models",
            "clip_vision",
            "style_models",
            "controlnet",
            "gligen",
            "upscale_models",
            "hypernetworks",
            "photomaker");

    private final ServerApi server;
    private final Map<String, Optional<Map<String, Long>>> folders = new HashMap<>();
    private final Set<String> choices = new HashSet<>();

    private ServerLook(ServerApi server) {
        this.server = server;
    }

    /** What the server lacks of these models. */
    public static List<Unseen> unseen(ServerApi server, Collection<ModelObject> models) {
        try {
            return new ServerLook(server).look(models);
        } catch (ComfyException e) {
            return models.stream()
                    .map(model -> new Unseen(
                            model.key(),
                            Reason.NOT_REACHED,
                            model.key() + ": the server did not answer: " + e.getMessage()))
                    .toList();
        }
    }

    private List<Unseen> look(Collection<ModelObject> models) {
        for (NodeSchema node : server.refreshObjectInfo().nodes().values()) {
            for (InputSchema input : node.inputs()) {
                input.choices().forEach(choice -> choices.add(String.valueOf(choice)));
            }
        }
        List<Unseen> unseen = new ArrayList<>();
        for (ModelObject model : models) {
            if (isModel(model.key())) {
                look(model).ifPresent(unseen::add);
            }
        }
        return unseen;
    }

    /** A text beside a model, such as a licence, is copied, but no server lists it. */
    private static boolean isModel(ModelKey key) {
        String name = key.name();
        return !key.folder().isEmpty()
                && LISTED.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    private Optional<Unseen> look(ModelObject model) {
        ModelKey key = model.key();
        String folder = SERVED_AS.getOrDefault(key.folder(), key.folder());
        Optional<Map<String, Long>> files = folders.computeIfAbsent(folder, this::files);
        if (files.isEmpty()) {
            return unseen(
                    key,
                    Reason.NO_PLACE,
                    "the server knows no folder " + folder + "; does a custom node bring it, or is the key mistaken?");
        }
        Long size = files.get().get(key.name());
        if (size == null) {
            return unseen(key, Reason.NOT_COPIED, "the server has no such file; has its node been brought into step?");
        }
        if (size >= 0 && size != model.size()) {
            return unseen(
                    key,
                    Reason.WRONG_SIZE,
                    "it has " + size + " bytes on the server and " + model.size()
                            + " in the bucket; an older copy, or another file of this name");
        }
        return OFFERED.contains(folder) && !choices.contains(key.name())
                ? unseen(key, Reason.NOT_REFRESHED, "the server has the file, but its nodes do not offer it yet")
                : Optional.empty();
    }

    private static Optional<Unseen> unseen(ModelKey key, Reason reason, String message) {
        return Optional.of(new Unseen(key, reason, key + ": " + message));
    }

    /** The files of a folder with their sizes, or -1 where the server does not tell; empty if there is no such folder. */
    private Optional<Map<String, Long>> files(String folder) {
        Map<String, Long> files = new HashMap<>();
        try {
            server.models(folder).forEach(name -> files.put(slashes(name), -1L));
        } catch (HttpStatusException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
        try {
            for (ServerModel model : server.modelFiles(folder)) {
                files.computeIfPresent(slashes(model.name()), (name, unknown) -> model.size());
            }
        } catch (HttpStatusException e) {
            if (e.status() != 404) { // only a server without the experiment is asked no further
                throw e;
            }
        }
        return Optional.of(files);
    }

    private static String slashes(String name) {
        return name.replace('\\', '/');
    }
}
