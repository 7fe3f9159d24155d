package io.github.comfyeks.upload.internal;

import io.github.comfyeks.internal.ClientThreads;
import io.github.comfyeks.upload.AsyncUploads;
import io.github.comfyeks.upload.UploadOptions;
import io.github.comfyeks.upload.UploadedFile;
import io.github.comfyeks.upload.Uploads;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** The blocking uploads on the client's threads. */
public record AsyncServerUploads(Uploads uploads, ClientThreads threads) implements AsyncUploads {
    @Override
    public CompletableFuture<UploadedFile> image(Path file) {
        return threads.supply(() -> uploads.image(file));
    }

    @Override
    public CompletableFuture<UploadedFile> image(Path file, UploadOptions options) {
        return threads.supply(() -> uploads.image(file, options));
    }

    @Override
    public CompletableFuture<UploadedFile> image(String name, byte[] bytes) {
        return threads.supply(() -> uploads.image(name, bytes));
    }

    @Override
    public CompletableFuture<UploadedFile> image(String name, byte[] bytes, UploadOptions options) {
        return threads.supply(() -> uploads.image(name, bytes, options));
    }

    @Override
    public CompletableFuture<UploadedFile> image(String name, InputStream in) {
        return threads.supply(() -> uploads.image(name, in));
    }

    @Override
    public CompletableFuture<UploadedFile> image(String name, InputStream in, UploadOptions options) {
        return threads.supply(() -> uploads.image(name, in, options));
    }

    @Override
    public CompletableFuture<UploadedFile> mask(UploadedFile original, Path file) {
        return threads.supply(() -> uploads.mask(original, file));
    }

    @Override
    public CompletableFuture<UploadedFile> mask(UploadedFile original, Path file, UploadOptions options) {
        return threads.supply(() -> uploads.mask(original, file, options));
    }

    @Override
    public CompletableFuture<UploadedFile> mask(UploadedFile original, String name, byte[] bytes) {
        return threads.supply(() -> uploads.mask(original, name, bytes));
    }

    @Override
    public CompletableFuture<UploadedFile> mask(
            UploadedFile original, String name, byte[] bytes, UploadOptions options) {
        return threads.supply(() -> uploads.mask(original, name, bytes, options));
    }
}
