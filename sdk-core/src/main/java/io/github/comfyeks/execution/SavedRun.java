package io.github.comfyeks.execution;

import java.nio.file.Path;
import java.util.List;

/**
 * A run on this machine's disk: its files, and the record that is enough to run it again. Immutable.
 *
 * @param record {@code run.json}: the graph, the seeds, server and version, times, and each file with size and SHA-256
 * @param files the files written, in the order of the result
 */
public record SavedRun(Path record, List<SavedFile> files) {
    public SavedRun {
        files = List.copyOf(files);
    }

    /**
     * One file written.
     *
     * @param node the node that made it
     * @param name the server's name for it
     * @param type {@code output}, {@code temp} or {@code input}: the folder on the server
     * @param bytes its size
     * @param sha256 of its bytes, lower-case hex
     */
    public record SavedFile(
            String node,
            String name,
            String subfolder,
            String type,
            Path path,
            long bytes,
            String sha256,
            String mediaType) {}
}
