package io.github.comfyeks.upload;

/** Told how far an upload is, on the thread that uploads; it must be quick. What it throws ends the upload. */
@FunctionalInterface
public interface UploadProgress {
    /**
     * @param sent bytes so far; smaller than before if the upload had to begin anew
     * @param total bytes in all
     */
    void onProgress(long sent, long total);
}
