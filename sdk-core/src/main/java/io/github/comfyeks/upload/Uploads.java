package io.github.comfyeks.upload;

import java.io.InputStream;
import java.nio.file.Path;

/**
 * Sends files to the server. Thread-safe; the methods block the calling thread.
 *
 * <p>Always use what comes back: the server may have given another name (H7), and {@link UploadedFile#reference()} is what an
 * input such as {@code LoadImage.image} wants. Despite the name any file is taken, videos and sound too.
 *
 * <p>Content that went through this client already, and that the server still has unchanged ({@code HEAD /view}), is not sent
 * again: the earlier file comes back, whatever its name. With {@code overwrite} the name must be the same too. A picture is
 * sent again after a broken connection, since the server keeps one file for the same name and content; a mask only with
 * {@code overwrite}.
 *
 * <p>The methods throw
 *
 * <ul>
 *   <li>{@link io.github.comfyeks.error.LocalFileException} if the file here cannot be read,
 *   <li>{@link io.github.comfyeks.error.HttpStatusException} if the server refuses it: 413 over its limit of 100 MiB
 *       ({@code --max-upload-size}), 500 for an unknown type, 404 if the original of a mask is not there,
 *   <li>{@link io.github.comfyeks.error.ConnectionException} if the connection broke,
 *   <li>{@link IllegalArgumentException} if a name is empty or has folders in it.
 * </ul>
 */
public interface Uploads {
    /** Uploads a file under its own name ({@code POST /upload/image}). */
    default UploadedFile image(Path file) {
        return image(file, UploadOptions.standard());
    }

    /** The same with options. */
    UploadedFile image(Path file, UploadOptions options);

    /** Uploads these bytes under this name. */
    default UploadedFile image(String name, byte[] bytes) {
        return image(name, bytes, UploadOptions.standard());
    }

    /** The same with options. */
    UploadedFile image(String name, byte[] bytes, UploadOptions options);

    /**
     * Uploads what is left in the stream under this name. It goes through a temporary file, since it can be read only once;
     * the stream is not closed.
     */
    default UploadedFile image(String name, InputStream in) {
        return image(name, in, UploadOptions.standard());
    }

    /** The same with options. */
    UploadedFile image(String name, InputStream in, UploadOptions options);

    /**
     * Uploads a mask for a picture that is on the server ({@code POST /upload/mask}): the result is the original with the
     * alpha channel of this file, which must be a PNG of the same size.
     */
    default UploadedFile mask(UploadedFile original, Path file) {
        return mask(original, file, UploadOptions.standard());
    }

    /** The same with options. */
    UploadedFile mask(UploadedFile original, Path file, UploadOptions options);

    /** The same with these bytes under this name. */
    default UploadedFile mask(UploadedFile original, String name, byte[] bytes) {
        return mask(original, name, bytes, UploadOptions.standard());
    }

    /** The same with options. */
    UploadedFile mask(UploadedFile original, String name, byte[] bytes, UploadOptions options);
}
