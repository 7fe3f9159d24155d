package io.github.comfyeks.transport.internal;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The line of one event socket, opened as those of HTTP are. The WebSocket library could open one too, but not log in at a
 * proxy, not leave the server's name to the proxy to resolve, and not say which of its two threads failed at what. Opened once,
 * by one thread; may be aborted by any.
 */
public final class Line extends SocketFactory {
    private final Dialer dialer;
    private final Url.Origin server;
    private final Opening opening = new Opening();

    Line(Dialer dialer, Url.Origin server) {
        this.dialer = dialer;
        this.server = server;
    }

    /** Connected, with the handshakes of proxy and TLS done, within the connect limit. */
    @Override
    public Socket createSocket() throws IOException {
        Socket open = dialer.line(server, opening);
        if (opening.closed) {
            open.close();
            throw new IOException("given up before it was open");
        }
        return open;
    }

    /** Cuts it: whoever opens, reads or writes fails at once. */
    public void abort() {
        try {
            opening.close();
        } catch (IOException e) {
            return; // closed is closed
        }
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException("the address is fixed");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        return createSocket("", port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
        return createSocket("", port);
    }

    /** The TCP socket at the bottom: TLS above it would first wait for a writer that is stuck. */
    static final class Opening implements Closeable {
        private volatile @Nullable Socket socket;
        private volatile boolean closed;

        void begins(Socket tcp) {
            socket = tcp;
        }

        @Override
        public void close() throws IOException {
            closed = true;
            Socket open = socket;
            if (open != null) {
                open.close();
            }
        }
    }
}
