package io.github.comfyeks.testing.internal.run;

import org.jspecify.annotations.Nullable;

/** Whose prompt runs and at which node: what a socket is told that connects meanwhile (E3). Safe for use by several threads. */
public final class RunningClient {
    private volatile @Nullable String clientId;
    private volatile @Nullable String nodeId;

    void start(@Nullable String newClientId) {
        clientId = newClientId;
    }

    void at(@Nullable String newNodeId) {
        nodeId = newNodeId;
    }

    /** The node at which this client's prompt is, or null. */
    public @Nullable String nodeOf(String sid) {
        return sid.equals(clientId) ? nodeId : null;
    }
}
