package io.github.comfyeks.output.internal;

import io.github.comfyeks.output.AsyncOutputFile;
import io.github.comfyeks.output.DownloadOptions;
import io.github.comfyeks.output.DownloadedFile;
import io.github.comfyeks.output.MediaKind;
import io.github.comfyeks.output.OutputFile;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file on a server, downloaded through the client that saw it. */
public record ServerFile(
        String filename,
        String subfolder,
        String type,
        String nodeId,
        String key,
        MediaKind kind,
        boolean animated,
        @Nullable Downloader downloader)
        implements OutputFile {

    public ServerFile(
            String filename,
            String subfolder,
            String type,
            String nodeId,
            String key,
            MediaKind kind,
            boolean animated) {
        this(filename, subfolder, type, nodeId, key, kind, animated, null);
    }

    ServerFile boundTo(Downloader downloader) {
        return new ServerFile(filename, subfolder, type, nodeId, key, kind, animated, downloader);
    }

    private Downloader bound() {
        if (downloader == null) {
            throw new IllegalStateException(
                    "the client of " + this + " is unknown; take the file from a result or an event");
        }
        return downloader;
    }

    @Override
    public String reference() {
        String path = subfolder.isEmpty() ? filename : subfolder + "/" + filename;
        return type.equals("input") ? path : path + " [" + type + "]";
    }

    @Override
    public long size() {
        return bound().size(this);
    }

    @Override
    public byte[] bytes() {
        return bytes(Downloader.IN_MEMORY);
    }

    @Override
    public byte[] bytes(DownloadOptions options) {
        return bound().bytes(this, options);
    }

    @Override
    public DownloadedFile writeTo(Path folder, DownloadOptions options) {
        return bound().toFile(this, folder, FileNames.of(this, options), options);
    }

    @Override
    public DownloadedFile writeToFile(Path file, DownloadOptions options) {
        return bound().toFile(this, file, options);
    }

    @Override
    public long writeTo(OutputStream out, DownloadOptions options) {
        return bound().toStream(this, out, options);
    }

    @Override
    public AsyncOutputFile async() {
        return new AsyncServerFile(this, bound().threads());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ServerFile file
                && filename.equals(file.filename)
                && subfolder.equals(file.subfolder)
                && type.equals(file.type)
                && nodeId.equals(file.nodeId)
                && key.equals(file.key);
    }

    @Override
    public int hashCode() {
        return 31 * filename.hashCode() + nodeId.hashCode();
    }

    /** In words for messages. */
    @Override
    public String toString() {
        return "\"" + reference() + "\"" + (nodeId.isEmpty() ? "" : " of node " + nodeId);
    }
}
