package io.github.comfyeks.model.store;

import io.github.comfyeks.error.LocalFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder of this machine that is laid out like ComfyUI's {@code models/}. Immutable; a snapshot.
 *
 * @param models each file by the key that it has in a bucket
 * @param refused files whose names are no key, by path, and why
 */
public record ModelFolder(SortedMap<ModelKey, Path> models, Map<String, String> refused) {
    public ModelFolder {
        models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
        refused = Collections.unmodifiableMap(new TreeMap<>(refused));
    }

    /**
     * All files below a folder but hidden ones and ComfyUI's own {@code put_…_here}; links are followed. Names that macOS takes apart
     * ({@code u} and two dots) get the key that other systems write.
     *
     * @throws LocalFileException if it cannot be read
     */
    public static ModelFolder scan(Path folder) {
        SortedMap<ModelKey, Path> models = new TreeMap<>();
        Map<String, String> refused = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> !isHidden(folder.relativize(file)))
                    .forEach(file -> add(models, refused, folder, file));
        } catch (IOException | UncheckedIOException e) {
            throw new LocalFileException(folder + " cannot be read: " + e, e);
        }
        return new ModelFolder(models, refused);
    }

    private static boolean isHidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return relative.getFileName().toString().matches("put_\\w+_here");
    }

    private static void add(SortedMap<ModelKey, Path> models, Map<String, String> refused, Path folder, Path file) {
        Path relative = folder.relativize(file);
        String key = Normalizer.normalize(
                relative.toString().replace(relative.getFileSystem().getSeparator(), "/"), Normalizer.Form.NFC);
        Optional<String> problem = ModelKey.problem(key);
        if (problem.isPresent()) {
            refused.put(file.toString(), problem.get());
        } else if (models.putIfAbsent(new ModelKey(key), file) != null) {
            refused.put(file.toString(), "another file's name differs only in how its accents are written");
        }
    }
}
