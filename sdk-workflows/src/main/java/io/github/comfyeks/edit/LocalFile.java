package io.github.comfyeks.edit;

import io.github.comfyeks.upload.UploadedFile;
import io.github.comfyeks.upload.Uploads;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file of this machine as the value of an input such as {@code LoadImage.image}: it is uploaded when the workflow is queued, and
 * the input gets the server's name of it. Immutable; bytes given must be left alone.
 */
public final class LocalFile {
    private final String name;
    private final @Nullable Path path;
    private final byte[] bytes;

    private LocalFile(String name, @Nullable Path path, byte[] bytes) {
        this.name = name;
        this.path = path;
        this.bytes = bytes;
    }

    /** A file on disk, read when the workflow is queued. */
    public static LocalFile of(Path path) {
        Path name = path.getFileName();
        return new LocalFile(name == null ? "" : name.toString(), path, new byte[0]);
    }

    /** These bytes, under this name; its ending should tell what they are. */
    public static LocalFile of(String name, byte[] bytes) {
        return new LocalFile(name, null, bytes);
    }

    /** Under which it is uploaded; the server may give it another. */
    public String name() {
        return name;
    }

    /** Whether it can be read now. */
    public boolean isReadable() {
        return path == null || (Files.isRegularFile(path) && Files.isReadable(path));
    }

    /** Sends it; the same content is sent once. */
    UploadedFile upload(Uploads uploads) {
        return path == null ? uploads.image(name, bytes) : uploads.image(path);
    }

    /** Where it is, or its name. */
    @Override
    public String toString() {
        return path == null ? name : path.toString();
    }
}
