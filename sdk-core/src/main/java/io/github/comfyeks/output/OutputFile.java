package io.github.comfyeks.output;

import java.io.OutputStream;
import java.nio.file.Path;

/**
 * One file that a node made, as it lies on the server: an element such as {@code {filename, subfolder, type}} of a node's
 * outputs. Immutable; safe for any number of threads. Two are equal if they name the same file of the same node.
 *
 * <p>Every download is a {@code GET /view}. It streams, and holds no more than a buffer in memory ({@link #bytes()} aside).
 * A connection that breaks on the way is taken up where it broke if the server proves that the file is still the same, and
 * begun anew if not; the retry budget starts again whenever a part has come. A file that comes short is a failure, never a
 * short file. Downloads throw
 *
 * <ul>
 *   <li>{@link io.github.comfyeks.error.HttpStatusException} if the server does not have the file (any more),
 *   <li>{@link io.github.comfyeks.error.LimitReachedException} if it is larger than {@link DownloadOptions#maxBytes()},
 *   <li>{@link io.github.comfyeks.error.LocalFileException} if it cannot be written here: disk full, no right, file exists,
 *   <li>{@link io.github.comfyeks.error.ProtocolException} if something else than the file came, such as a proxy's page,
 *   <li>{@link io.github.comfyeks.error.ConnectionException} if the connection kept breaking.
 * </ul>
 *
 * <p>A file of an event can be downloaded as soon as the event has come.
 */
public interface OutputFile {
    /** Its name on the server. It comes from there and may be hostile: never use it as a path, see {@code writeTo}. */
    String filename();

    /** The folder below that of its type, with {@code /}; empty for none. */
    String subfolder();

    /** ComfyUI's folder: {@code output}, {@code temp} (gone after the server's next start) or {@code input}. */
    String type();

    /** The node that made it. */
    String nodeId();

    /** Where the node listed it: {@code images}, {@code gifs}, {@code video}, {@code audio}, {@code 3d}, … */
    String key();

    /** What sort of file it is. */
    MediaKind kind();

    /** Whether the node said that it moves. */
    boolean animated();

    /** How an input that loads a file names it: {@code sub/name.png [output]}; of the input folder without the bracket. */
    String reference();

    /** Its size on the server in bytes ({@code HEAD /view}); -1 if the server does not say. */
    long size();

    /** Downloads it into memory, up to 256 MiB. */
    byte[] bytes();

    /** Downloads it into memory, up to {@link DownloadOptions#maxBytes()} and never more than 2 GiB. */
    byte[] bytes(DownloadOptions options);

    /**
     * Downloads it into this folder, which is made if it is missing, under its own name made harmless: without folders,
     * control characters and what no file system takes. If there is such a file, the new one becomes {@code name (1).png}.
     */
    default DownloadedFile writeTo(Path folder) {
        return writeTo(folder, DownloadOptions.standard());
    }

    /** The same with options. The file appears under its name only when it is complete and on the disk. */
    DownloadedFile writeTo(Path folder, DownloadOptions options);

    /** Downloads it as exactly this file; if there is one already, the new one becomes {@code name (1).png}. */
    default DownloadedFile writeToFile(Path file) {
        return writeToFile(file, DownloadOptions.standard());
    }

    /** The same with options. The file appears under its name only when it is complete and on the disk. */
    DownloadedFile writeToFile(Path file, DownloadOptions options);

    /** Downloads it into a stream, which stays open; answers the number of bytes. */
    default long writeTo(OutputStream out) {
        return writeTo(out, DownloadOptions.standard());
    }

    /**
     * The same with options. If it fails, the stream has the beginning of the file. What has been written cannot be taken
     * back, so a cut connection can be taken up only if the server proves that the file is still the same.
     */
    long writeTo(OutputStream out, DownloadOptions options);

    /** The same downloads with futures. */
    AsyncOutputFile async();
}
