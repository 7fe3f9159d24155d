package io.github.comfyeks.socket.internal;

import io.github.comfyeks.transport.Credentials;
import io.github.comfyeks.transport.internal.HttpConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.SocketFactory;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The line that an event socket talks on: direct or through a proxy, with TLS where the address wants it. The WebSocket library
 * could open it, but not log in at a proxy, not leave the server's name to the proxy to resolve, and not say which of its two
 * threads failed at what. Made by {@link #createSocket()}, connected and once, by one thread; may be aborted by any.
 */
final class Line extends SocketFactory {
    private static final int MOST_HEAD = 16 << 10;

    private final URI uri;
    private final HttpConfig config;
    private volatile @Nullable Socket tcp;
    private volatile boolean aborted;

    Line(URI uri, HttpConfig config) {
        this.uri = uri;
        this.config = config;
    }

    /** Connects and does the handshakes of proxy and TLS within the connect limit. */
    @Override
    public Socket createSocket() throws IOException {
        long end = System.nanoTime() + config.connectLimit().toNanos();
        boolean secure = uri.getScheme().equals("wss");
        int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
        Proxy proxy = proxy();
        Socket opened = new Socket(proxy.type() == Proxy.Type.SOCKS ? proxy : Proxy.NO_PROXY);
        tcp = opened;
        try {
            opened.setTcpNoDelay(true);
            switch (proxy.type()) {
                case DIRECT -> opened.connect(new InetSocketAddress(uri.getHost(), port), left(end));
                case SOCKS -> opened.connect(InetSocketAddress.createUnresolved(uri.getHost(), port), left(end));
                case HTTP -> {
                    opened.connect(resolved((InetSocketAddress) proxy.address()), left(end));
                    opened.setSoTimeout(left(end));
                    tunnel(opened, uri.getHost() + ":" + port);
                }
            }
            Socket talking = secure ? secured(opened, port, end) : opened;
            talking.setSoTimeout(0);
            if (aborted) {
                throw new IOException("given up before it was open");
            }
            return talking;
        } catch (UnknownHostException e) {
            opened.close();
            throw new IOException("the host " + e.getMessage() + " is unknown", e);
        } catch (IOException e) {
            opened.close();
            throw e;
        }
    }

    /** Cuts it: whoever opens, reads or writes fails at once. */
    void abort() {
        aborted = true;
        Socket open = tcp;
        if (open != null) {
            try {
                open.close(); // TLS above it would first wait for a writer that is stuck
            } catch (IOException e) {
                return; // then it is closed
            }
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
        return createSocket(host, port);
    }

    private static int left(long end) throws SocketTimeoutException {
        long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
        if (left <= 0) {
            throw new SocketTimeoutException("no connection within the connect limit");
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }

    /** As for HTTP: the one that was given, or what the JVM says for this address. */
    private Proxy proxy() {
        if (config.proxy() != null) {
            return config.proxy();
        }
        ProxySelector selector = ProxySelector.getDefault();
        return selector == null
                ? Proxy.NO_PROXY
                : selector.select(config.server()).stream().findFirst().orElse(Proxy.NO_PROXY);
    }

    private static InetSocketAddress resolved(InetSocketAddress address) {
        return address.isUnresolved() ? new InetSocketAddress(address.getHostString(), address.getPort()) : address;
    }

    /** {@code CONNECT}, also for the event socket without TLS: a proxy passes no upgrade on otherwise. */
    private void tunnel(Socket proxy, String authority) throws IOException {
        StringBuilder request = new StringBuilder("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n");
        Credentials login = config.proxyCredentials();
        if (login != null) {
            login.headers().values().forEach(value -> request.append("Proxy-Authorization: ")
                    .append(value)
                    .append("\r\n"));
        }
        proxy.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        String answer = firstLine(proxy.getInputStream());
        if (answer.matches("HTTP/1\\.[01] 2\\d\\d\\b.*")) {
            return;
        }
        if (answer.matches("HTTP/1\\.[01] 407\\b.*")) {
            throw new IOException(
                    login == null
                            ? "the proxy wants a login (status 407): give proxyCredentials"
                            : "the proxy refuses the login (status 407): check the proxyCredentials");
        }
        throw new IOException("the proxy does not connect us to " + authority + ": " + answer);
    }

    /** Reads a head and no byte more: what follows is the server's. */
    private static String firstLine(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < MOST_HEAD && head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the proxy hung up instead of answering");
            }
            head.append((char) next);
        }
        return head.toString().lines().findFirst().orElse("");
    }

    private SSLSocket secured(Socket plain, int port, long end) throws IOException {
        SSLSocketFactory factory = config.sslContext() == null
                ? (SSLSocketFactory) SSLSocketFactory.getDefault()
                : config.sslContext().getSocketFactory();
        SSLSocket secured = (SSLSocket) factory.createSocket(plain, uri.getHost(), port, true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(
                "HTTPS"); // without, any trusted certificate would do for any host
        secured.setSSLParameters(parameters);
        secured.setSoTimeout(left(end));
        secured.startHandshake();
        return secured;
    }
}
