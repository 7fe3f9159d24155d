package io.github.comfyeks.codegen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A folder of generated sources. */
public final class SourceFolder {
    private SourceFolder() {}

    /**
     * Makes the folder hold these sources: writes those that differ, so that others keep their time, and deletes generated ones that
     * are no more. Files by hand stay as they are.
     *
     * @return how many files were written or deleted
     */
    public static int write(Path folder, List<SourceFile> files) throws IOException {
        int changed = 0;
        Set<Path> present = new HashSet<>();
        for (SourceFile file : files) {
            Path path = folder.resolve(file.path());
            present.add(path);
            if (!Files.exists(path) || !Files.readString(path).equals(file.text())) {
                Files.createDirectories(path.toAbsolutePath().getParent());
                Files.writeString(path, file.text());
                changed++;
            }
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path :
                    all.filter(each -> each.toString().endsWith(".java")).toList()) {
                if (!present.contains(path) && NodeGenerator.isGenerated(Files.readString(path))) {
                    Files.delete(path);
                    changed++;
                }
            }
        }
        return changed;
    }
}
