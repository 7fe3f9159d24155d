package io.github.comfyeks.socket.internal;

import io.github.comfyeks.transport.internal.Http;
import io.github.comfyeks.transport.internal.Line;
import io.github.comfyeks.transport.internal.TlsRefusal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.handshake.ServerHandshake;
import org.jspecify.annotations.Nullable;

/** {@link EventSocket} on Java-WebSocket, read by the thread that calls {@link #run()}. */
final class LibrarySocket extends WebSocketClient implements EventSocket {
    /** A batch of large previews fits; a length field gone mad does not. */
    static final int MAX_FRAME = 128 << 20;

    /** Seconds between pings: below a load balancer's 60 s of idleness (P2). */
    private static final int PING_EVERY = 25;

    private final Listener listener;
    private final Line line;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable Exception failure;
    private volatile @Nullable Thread reader;
    private volatile boolean opened;
    private volatile String ended = "ended";

    private LibrarySocket(Http.Handshake handshake, Http http, Listener listener) {
        super(
                handshake.uri(),
                new ByteDraft(listener),
                handshake.headers(),
                Math.toIntExact(http.config().connectLimit().toMillis()));
        this.listener = listener;
        setDaemon(true);
        setTcpNoDelay(true);
        setConnectionLostTimeout(PING_EVERY);
        line = http.line();
        setSocketFactory(line);
    }

    static Factory factory(Http http) {
        return (handshake, listener) -> new LibrarySocket(handshake, http, listener);
    }

    @Override
    public void onOpen(ServerHandshake handshake) {
        opened = true;
        listener.onOpen();
    }

    @Override
    public void onMessage(String message) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        listener.onText(bytes, 0, bytes.length);
    }

    @Override
    public void onMessage(ByteBuffer bytes) {
        listener.onBinary(bytes);
    }

    @Override
    public void onError(Exception e) {
        failure = e;
    }

    /**
     * The library's writer may see that the line is gone before the reader has seen why: a server that wants a client
     * certificate says so once the handshake is over. Until the line is open the reader has the last word.
     */
    @Override
    public void onClose(int code, String reason, boolean remote) {
        String said = "code " + code + (reason == null || reason.isEmpty() ? "" : ", " + reason);
        if (opened || Thread.currentThread() == reader) {
            tell(said);
        } else {
            ended = said;
        }
    }

    @Override
    public void run() {
        reader = Thread.currentThread();
        super.run();
        tell(ended);
    }

    private void tell(String said) {
        if (closed.compareAndSet(false, true)) {
            Exception cause = failure;
            String refusal = TlsRefusal.describe(cause);
            String why = said.contains(", ") || cause == null ? said : said + ", " + cause.getMessage();
            listener.onClosed(refusal == null ? why : refusal);
        }
    }

    @Override
    public void abort(String why) {
        closeConnection(CloseFrame.ABNORMAL_CLOSE, why);
        // before the handshake the library closes nothing; the reader then sits in a read that only this ends
        line.abort();
    }
}
