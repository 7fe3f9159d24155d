package io.github.comfyeks.output;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * {@link OutputFile}'s downloads with futures, which complete on the client's callback executor and fail with what the
 * blocking method throws. Thread-safe. Cancelling a future does not stop a download that has begun.
 */
public interface AsyncOutputFile {
    /** See {@link OutputFile#size()}. */
    CompletableFuture<Long> size();

    /** See {@link OutputFile#bytes()}. */
    CompletableFuture<byte[]> bytes();

    /** See {@link OutputFile#bytes(DownloadOptions)}. */
    CompletableFuture<byte[]> bytes(DownloadOptions options);

    /** See {@link OutputFile#writeTo(Path)}. */
    CompletableFuture<DownloadedFile> writeTo(Path folder);

    /** See {@link OutputFile#writeTo(Path, DownloadOptions)}. */
    CompletableFuture<DownloadedFile> writeTo(Path folder, DownloadOptions options);

    /** See {@link OutputFile#writeToFile(Path)}. */
    CompletableFuture<DownloadedFile> writeToFile(Path file);

    /** See {@link OutputFile#writeToFile(Path, DownloadOptions)}. */
    CompletableFuture<DownloadedFile> writeToFile(Path file, DownloadOptions options);
}
