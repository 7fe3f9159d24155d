package io.github.comfyeks.transport.internal;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.io.CloseMode;

/** One connection; of one request at a time. */
final class Connection implements Closeable {
    /** Generous, and bounded: what a proxy may add, not what a mad server may send. */
    private static final Http1Config CONFIG = Http1Config.custom()
            .setMaxLineLength(64 << 10)
            .setMaxHeaderCount(1_000)
            .build();

    /** A connection unused for longer is tried before a request is trusted to it. */
    private static final long FRESH = Duration.ofSeconds(1).toNanos();

    /** Servers and load balancers close after 60 s or more; a request that meets the closing is lost on the way. */
    static final long OLD = Duration.ofSeconds(45).toNanos();

    final Url.Origin origin;
    final DefaultBHttpClientConnection http = new DefaultBHttpClientConnection(CONFIG);

    /** Whether an HTTP proxy stands at the other end, which wants whole addresses. */
    final boolean viaProxy;

    private long idleSince;

    Connection(Url.Origin origin, boolean viaProxy, Socket socket) throws IOException {
        this.origin = origin;
        this.viaProxy = viaProxy;
        http.bind(socket);
    }

    void idle() {
        idleSince = System.nanoTime();
    }

    boolean isOld() {
        return System.nanoTime() - idleSince > OLD;
    }

    /** Whether a request may be sent on it again, as far as one can tell. */
    boolean isUsable() {
        long idle = System.nanoTime() - idleSince;
        try {
            return http.isOpen() && idle <= OLD && (idle <= FRESH || !http.isStale());
        } catch (IOException e) {
            return false;
        }
    }

    /** At once, whatever is under way. */
    @Override
    public void close() {
        http.close(CloseMode.IMMEDIATE);
    }
}
