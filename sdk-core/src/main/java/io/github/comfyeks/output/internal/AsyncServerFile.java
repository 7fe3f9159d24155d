package io.github.comfyeks.output.internal;

import io.github.comfyeks.internal.ClientThreads;
import io.github.comfyeks.output.AsyncOutputFile;
import io.github.comfyeks.output.DownloadOptions;
import io.github.comfyeks.output.DownloadedFile;
import io.github.comfyeks.output.OutputFile;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** The blocking downloads on the client's threads. */
record AsyncServerFile(OutputFile file, ClientThreads threads) implements AsyncOutputFile {
    @Override
    public CompletableFuture<Long> size() {
        return threads.supply(file::size);
    }

    @Override
    public CompletableFuture<byte[]> bytes() {
        return threads.supply(file::bytes);
    }

    @Override
    public CompletableFuture<byte[]> bytes(DownloadOptions options) {
        return threads.supply(() -> file.bytes(options));
    }

    @Override
    public CompletableFuture<DownloadedFile> writeTo(Path folder) {
        return threads.supply(() -> file.writeTo(folder));
    }

    @Override
    public CompletableFuture<DownloadedFile> writeTo(Path folder, DownloadOptions options) {
        return threads.supply(() -> file.writeTo(folder, options));
    }

    @Override
    public CompletableFuture<DownloadedFile> writeToFile(Path file) {
        return threads.supply(() -> this.file.writeToFile(file));
    }

    @Override
    public CompletableFuture<DownloadedFile> writeToFile(Path file, DownloadOptions options) {
        return threads.supply(() -> this.file.writeToFile(file, options));
    }
}
