package io.github.comfyeks.upload;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * {@link Uploads} with futures, which complete on the client's callback executor and fail with what the blocking method
 * throws. Thread-safe. Cancelling a future does not stop an upload that has begun; bytes and streams given must be left alone
 * until it is done.
 */
public interface AsyncUploads {
    /** See {@link Uploads#image(Path)}. */
    CompletableFuture<UploadedFile> image(Path file);

    /** See {@link Uploads#image(Path, UploadOptions)}. */
    CompletableFuture<UploadedFile> image(Path file, UploadOptions options);

    /** See {@link Uploads#image(String, byte[])}. */
    CompletableFuture<UploadedFile> image(String name, byte[] bytes);

    /** See {@link Uploads#image(String, byte[], UploadOptions)}. */
    CompletableFuture<UploadedFile> image(String name, byte[] bytes, UploadOptions options);

    /** See {@link Uploads#image(String, InputStream)}. */
    CompletableFuture<UploadedFile> image(String name, InputStream in);

    /** See {@link Uploads#image(String, InputStream, UploadOptions)}. */
    CompletableFuture<UploadedFile> image(String name, InputStream in, UploadOptions options);

    /** See {@link Uploads#mask(UploadedFile, Path)}. */
    CompletableFuture<UploadedFile> mask(UploadedFile original, Path file);

    /** See {@link Uploads#mask(UploadedFile, Path, UploadOptions)}. */
    CompletableFuture<UploadedFile> mask(UploadedFile original, Path file, UploadOptions options);

    /** See {@link Uploads#mask(UploadedFile, String, byte[])}. */
    CompletableFuture<UploadedFile> mask(UploadedFile original, String name, byte[] bytes);

    /** See {@link Uploads#mask(UploadedFile, String, byte[], UploadOptions)}. */
    CompletableFuture<UploadedFile> mask(UploadedFile original, String name, byte[] bytes, UploadOptions options);
}
