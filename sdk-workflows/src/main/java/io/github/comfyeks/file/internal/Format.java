package io.github.comfyeks.file.internal;

import java.io.IOException;

/** Reads the metadata of one format, from the first byte of the file. */
interface Format {
    /**
     * Reports what it finds as it comes, so that what stands before a fault is not lost.
     *
     * @throws FileFault if the file is wrong, cut or too much, and cannot be read further
     */
    void read(Source file, Found found) throws IOException, FileFault;
}
