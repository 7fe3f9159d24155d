package io.github.comfyeks.testing.internal.files;

import io.github.comfyeks.testing.internal.version.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The model folders. Files that were added by name have nothing in them; where a folder of this machine is given, its files are there
 * too, as they are at the moment. Safe for use by several threads.
 */
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

    private static final Set<String> EXTENSIONS =
            Set.of("ckpt", "pt", "pt2", "bin", "pth", "safetensors", "pkl", "sft");

    /** Where a folder's files lie, if not only in one of its own name. */
    private static final Map<String, List<String>> ON_DISK = Map.of(
            "text_encoders", List.of("text_encoders", "clip"),
            "diffusion_models", List.of("unet", "diffusion_models"),
            "controlnet", List.of("controlnet", "t2i_adapter"));

    private final List<String> folders;
    private final @Nullable Path root;
    private final Map<String, ConcurrentSkipListSet<String>> files = new ConcurrentHashMap<>();

    /** @param root a folder laid out like ComfyUI's {@code models/}; null if there is none */
    public Models(Version version, @Nullable Path root) {
        this.root = root;
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
        return List.copyOf(sizes(folder).keySet());
    }

    /** The same with their sizes in bytes. */
    public SortedMap<String, Long> sizes(String folder) {
        SortedMap<String, Long> found = new TreeMap<>();
        files.getOrDefault(folder, new ConcurrentSkipListSet<>()).forEach(name -> found.put(name, 0L));
        if (root != null) {
            for (String name : ON_DISK.getOrDefault(folder, List.of(folder))) {
                look(root.resolve(name), found);
            }
        }
        return found;
    }

    private static void look(Path folder, SortedMap<String, Long> found) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) inside::iterator) {
                String path = folder.relativize(file).toString().replace('\\', '/');
                String extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
                if (EXTENSIONS.contains(extension) && Files.isRegularFile(file)) {
                    found.put(path, Files.size(file));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            look(folder, found); // a file went away while we looked
        }
    }

    /** The files of a folder, or null if there is no such folder. */
    public @Nullable List<String> filesOrNull(String folder) {
        return folders().contains(folder) ? files(folder) : null;
    }
}
