package io.github.comfyeks.testing.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Where a run's events go. They are sent in the order of the calls, by another thread. */
public interface Events {
    /** Sends {@code {type, data}} to one client, or to all for null. The data must not be changed afterwards. */
    void send(String type, JsonNode data, @Nullable String clientId);

    /** Sends a binary message to one client, or to all for null. */
    void sendBinary(byte[] message, @Nullable String clientId);

    /** Whether the client has said {@code supports_preview_metadata} (E8). */
    boolean supportsPreviewMetadata(@Nullable String clientId);

    /** Whether anybody would get what is sent to this client: the rest need not be made. */
    boolean hasListener(@Nullable String clientId);
}
