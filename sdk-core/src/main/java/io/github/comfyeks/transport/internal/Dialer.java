package io.github.comfyeks.transport.internal;

import io.github.comfyeks.transport.Credentials;
import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.jspecify.annotations.Nullable;

/** Opens connections: TCP to the server or its proxy, a tunnel through the proxy, TLS with the server's name checked. */
final class Dialer {
    private final HttpConfig config;
    private final Deadlines deadlines;

    Dialer(HttpConfig config, Deadlines deadlines) {
        this.config = config;
        this.deadlines = deadlines;
    }

    /** @throws SocketTimeoutException if it takes longer than the limit, all of it together */
    Connection dial(Url.Origin to, Duration limit) throws IOException {
        Opening opening = new Opening();
        Deadlines.Deadline deadline = deadlines.in(limit, opening);
        try {
            Proxy proxy = proxy(to);
            Socket socket = connect(to, proxy, limit, opening);
            boolean viaProxy = proxy.type() == Proxy.Type.HTTP;
            if (!to.secure()) {
                return new Connection(to, viaProxy, socket);
            }
            if (viaProxy) {
                tunnel(socket, to);
            }
            return new Connection(to, false, secure(socket, to));
        } catch (IOException | RuntimeException e) {
            opening.close();
            if (deadline.isExpired()) {
                throw (SocketTimeoutException) new SocketTimeoutException("connecting took too long").initCause(e);
            }
            throw e;
        } finally {
            deadline.cancel();
        }
    }

    private Proxy proxy(Url.Origin to) {
        if (config.proxy() != null) {
            return config.proxy();
        }
        ProxySelector selector = ProxySelector.getDefault();
        List<Proxy> chosen = selector == null ? List.of() : selector.select(URI.create(to.toString()));
        return chosen == null || chosen.isEmpty() ? Proxy.NO_PROXY : chosen.get(0);
    }

    private static Socket connect(Url.Origin to, Proxy proxy, Duration limit, Opening opening) throws IOException {
        int millis = Math.max(1, (int) Math.min(Integer.MAX_VALUE, limit.toMillis()));
        if (proxy.type() == Proxy.Type.SOCKS) {
            Socket socket = new Socket(proxy);
            return connected(socket, InetSocketAddress.createUnresolved(to.host(), to.port()), millis, opening);
        }
        String host = to.host();
        int port = to.port();
        if (proxy.type() == Proxy.Type.HTTP && proxy.address() instanceof InetSocketAddress address) {
            host = address.getHostString();
            port = address.getPort();
        }
        IOException failure = new UnknownHostException(host);
        for (InetAddress address : InetAddress.getAllByName(host)) {
            try {
                return connected(new Socket(Proxy.NO_PROXY), new InetSocketAddress(address, port), millis, opening);
            } catch (ConnectException e) {
                failure = e; // a name may have addresses that nobody listens on, such as localhost's second one
            }
        }
        throw failure;
    }

    private static Socket connected(Socket socket, InetSocketAddress address, int millis, Opening opening)
            throws IOException {
        opening.socket = socket;
        socket.setTcpNoDelay(true);
        socket.connect(address, millis);
        return socket;
    }

    private void tunnel(Socket socket, Url.Origin to) throws IOException {
        String authority = (to.host().indexOf(':') >= 0 ? "[" + to.host() + "]" : to.host()) + ":" + to.port();
        BasicClassicHttpRequest connect = new BasicClassicHttpRequest("CONNECT", authority);
        connect.setHeader("Host", authority);
        connect.setHeader("User-Agent", Engine.USER_AGENT);
        String login = proxyLogin();
        if (login != null) {
            connect.setHeader("Proxy-Authorization", login);
        }
        Connection plain = new Connection(to, true, socket); // what it reads ahead is the proxy's answer only
        try {
            plain.http.sendRequestHeader(connect);
            plain.http.flush();
            ClassicHttpResponse answer = plain.http.receiveResponseHeader();
            if (answer.getCode() < 200 || answer.getCode() >= 300) {
                throw new ProxyRefusal(answer.getCode());
            }
        } catch (HttpException e) {
            throw new IOException("the proxy's answer cannot be read: " + e.getMessage(), e);
        }
    }

    /** What a proxy is told that wants a login; null if nothing. */
    @Nullable
    String proxyLogin() {
        Credentials credentials = config.proxyCredentials();
        return credentials == null
                ? null
                : credentials.headers().values().stream().findFirst().orElse(null);
    }

    private SSLSocket secure(Socket socket, Url.Origin to) throws IOException {
        SSLSocketFactory factory = config.sslContext() == null
                ? (SSLSocketFactory) SSLSocketFactory.getDefault()
                : config.sslContext().getSocketFactory();
        SSLSocket secure = (SSLSocket) factory.createSocket(socket, to.host(), to.port(), true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    /** What is to be closed if opening it takes too long. */
    private static final class Opening implements Closeable {
        volatile @Nullable Socket socket;

        @Override
        public void close() throws IOException {
            Socket open = socket;
            if (open != null) {
                open.close();
            }
        }
    }

    /** The proxy let nobody through. */
    static final class ProxyRefusal extends IOException {
        private static final long serialVersionUID = 1;

        final int status;

        ProxyRefusal(int status) {
            super("the proxy answered CONNECT with status " + status);
            this.status = status;
        }
    }
}
