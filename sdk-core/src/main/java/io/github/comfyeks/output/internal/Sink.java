package io.github.comfyeks.output.internal;

/** Where a download's bytes go. Its failures are the SDK's own exceptions, so that they never look like the network's. */
interface Sink {
    void write(byte[] bytes, int length);

    /** Whether what was written can be taken back. */
    boolean canRestart();

    /** Takes back what was written. */
    void restart();
}
