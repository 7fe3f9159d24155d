package io.github.comfyeks.output;

/** Told how far a download is, on the thread that downloads; it must be quick. What it throws ends the download. */
@FunctionalInterface
public interface DownloadProgress {
    /**
     * @param received bytes so far; smaller than before if the download had to begin anew
     * @param total bytes in all; -1 if the server did not say
     */
    void onProgress(long received, long total);
}
