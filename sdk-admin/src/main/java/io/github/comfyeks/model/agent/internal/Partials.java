package io.github.comfyeks.model.agent.internal;

import io.github.comfyeks.model.store.ModelObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The folder of files that are being copied. A name stands for one version of one model, so that none goes on with another's bytes. */
public final class Partials {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    private final Path folder;
    private final Disk disk;
    private final String boot;

    Partials(Path folder, Disk disk) {
        this.folder = folder;
        this.disk = disk;
        this.boot = boot();
    }

    /** Changes when the machine starts, which may lose what the disk had not yet; empty if this system does not tell. */
    private static String boot() {
        try {
            return Files.readString(BOOT).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static String name(ModelObject model) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] hash = digest.digest(
                    (model.key() + "\n" + model.etag() + "\n" + model.size()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The file for this version; with the parts that are there already, if they are of this size and this run of the machine. */
    Partial open(ModelObject model, long partSize) throws IOException {
        return Partial.open(folder.resolve(name(model)), disk, model.size(), partSize, boot);
    }

    /** Removes what none of these versions can go on with. */
    void keepOnly(Stream<ModelObject> models) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            Set<String> names =
                    files.iterator().hasNext() ? models.map(Partials::name).collect(Collectors.toSet()) : Set.of();
            removeAllBut(names);
        }
    }

    private void removeAllBut(Set<String> names) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                int dot = name.indexOf('.');
                if (!names.contains(dot < 0 ? name : name.substring(0, dot))) {
                    disk.delete(file);
                }
            }
        }
    }
}
