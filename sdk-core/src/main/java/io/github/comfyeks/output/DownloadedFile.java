package io.github.comfyeks.output;

import java.nio.file.Path;

/**
 * A file that has been downloaded whole and lies on the disk.
 *
 * @param path where it lies; its name may differ from the server's
 * @param bytes its size
 * @param sha256 of its content, in lower-case hexadecimal, computed on the way
 * @param mediaType as the server said, such as {@code image/png}; empty if it said nothing
 */
public record DownloadedFile(Path path, long bytes, String sha256, String mediaType) {}
