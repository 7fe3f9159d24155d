package io.github.comfyeks.testing.internal.files;

import io.github.comfyeks.testing.internal.version.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/** The model folders: names only, there is nothing in the files. Safe for use by several threads. */
public final class Models {
    private static final List<String> OLD_FOLDERS = List.of(
            "checkpoints",
            "configs",
            "loras",
            "vae",
            "text_encoders",
            "diffusion_models",
            "clip_vision",
            "style_models",
            "embeddings",
            "diffusers",
            "vae_approx",
            "controlnet",
            "gligen",
            "upscale_models",
            "custom_nodes",
            "hypernetworks",
            "photomaker",
            "classifiers",
            "model_patches",
            "audio_encoders");

    private final List<String> folders;
    private final Map<String, ConcurrentSkipListSet<String>> files = new ConcurrentHashMap<>();

    public Models(Version version) {
        List<String> names = new ArrayList<>(OLD_FOLDERS);
        if (version.hasJobs()) {
            names.add(names.indexOf("custom_nodes"), "latent_upscale_models");
        }
        if (version.isModern()) {
            names.add(names.indexOf("hypernetworks"), "datasets");
            names.addAll(List.of(
                    "background_removal", "frame_interpolation", "geometry_estimation", "optical_flow", "detection"));
        }
        this.folders = List.copyOf(names);
    }

    /** Adds a file; its path is relative to the folder, with {@code /} between the parts. */
    public void add(String folder, String path) {
        files.computeIfAbsent(folder, key -> new ConcurrentSkipListSet<>()).add(path);
    }

    /** Takes a file away. */
    public void remove(String folder, String path) {
        files.computeIfAbsent(folder, key -> new ConcurrentSkipListSet<>()).remove(path);
    }

    /** The names of the folders, in the order in which the version lists them. */
    public List<String> folders() {
        TreeSet<String> extra = new TreeSet<>(files.keySet());
        folders.forEach(extra::remove);
        List<String> all = new ArrayList<>(folders);
        all.addAll(extra);
        return all;
    }

    /** The files of a folder, sorted; none for an unknown one. */
    public List<String> files(String folder) {
        ConcurrentSkipListSet<String> names = files.get(folder);
        return names == null ? List.of() : List.copyOf(names);
    }

    /** The files of a folder, or null if there is no such folder. */
    public @Nullable List<String> filesOrNull(String folder) {
        return folders().contains(folder) ? files(folder) : null;
    }
}
