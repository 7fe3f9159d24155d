package io.github.comfyeks.socket.internal;

import io.github.comfyeks.transport.internal.Http;
import java.nio.ByteBuffer;
import java.util.List;

/** One connection to {@code /ws}: the seam between the channel and the WebSocket library. Used once, never reopened. */
interface EventSocket {
    /** Connects, then reads until the end, on the calling thread; every callback comes from it. */
    void run();

    void send(String text);

    /** Begins the closing handshake; {@link Listener#onClosed} tells the end. */
    void close();

    /** Drops the connection at once. */
    void abort(String why);

    /** Called by the one reader thread; must not block. */
    interface Listener {
        /** Cookies that a refused or accepted handshake set, each header by itself. */
        void onCookies(List<String> setCookie);

        void onOpen();

        void onText(byte[] bytes, int offset, int length);

        void onBinary(ByteBuffer bytes);

        /** The last call, exactly once. */
        void onClosed(String reason);
    }

    /** Makes sockets. */
    interface Factory {
        EventSocket create(Http.Handshake handshake, Listener listener);
    }
}
