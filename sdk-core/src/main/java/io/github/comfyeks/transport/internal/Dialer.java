package io.github.comfyeks.transport.internal;

import io.github.comfyeks.transport.Credentials;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
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
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Opens connections: TCP to the server or its proxy, a tunnel through the proxy, TLS with the server's name checked. */
final class Dialer {
    private static final Pattern STATUS = Pattern.compile("^HTTP/1\\.[01] (\\d{3})\\b");
    private static final int MOST_HEAD = 64 << 10;

    private final HttpConfig config;
    private final Deadlines deadlines;

    Dialer(HttpConfig config, Deadlines deadlines) {
        this.config = config;
        this.deadlines = deadlines;
    }

    /** @throws SocketTimeoutException if it takes longer than the limit, all of it together */
    Connection dial(Url.Origin to, Duration limit) throws IOException {
        Proxy proxy = proxy(to);
        boolean viaProxy = proxy.type() == Proxy.Type.HTTP && !to.secure();
        return new Connection(to, viaProxy, open(to, proxy, to.secure(), limit, new Line.Opening()));
    }

    /** For a WebSocket: through an HTTP proxy always by a tunnel, since no upgrade passes it otherwise. */
    Socket line(Url.Origin to, Line.Opening opening) throws IOException {
        return open(to, proxy(to), true, config.connectLimit(), opening);
    }

    private Socket open(Url.Origin to, Proxy proxy, boolean tunnel, Duration limit, Line.Opening opening)
            throws IOException {
        Deadlines.Deadline deadline = deadlines.in(limit, opening);
        try {
            Socket socket = connect(to, proxy, limit, opening);
            if (tunnel && proxy.type() == Proxy.Type.HTTP) {
                tunnel(socket, to);
            }
            return to.secure() ? secure(socket, to) : socket;
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

    private static Socket connect(Url.Origin to, Proxy proxy, Duration limit, Line.Opening opening) throws IOException {
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

    private static Socket connected(Socket socket, InetSocketAddress address, int millis, Line.Opening opening)
            throws IOException {
        opening.begins(socket);
        socket.setTcpNoDelay(true);
        socket.connect(address, millis);
        return socket;
    }

    private void tunnel(Socket socket, Url.Origin to) throws IOException {
        String authority = (to.host().indexOf(':') >= 0 ? "[" + to.host() + "]" : to.host()) + ":" + to.port();
        String login = proxyLogin();
        String connect = "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\nUser-Agent: "
                + Engine.USER_AGENT + "\r\n" + (login == null ? "" : "Proxy-Authorization: " + login + "\r\n") + "\r\n";
        socket.getOutputStream().write(connect.getBytes(StandardCharsets.ISO_8859_1));
        String answer = firstLine(socket.getInputStream());
        Matcher status = STATUS.matcher(answer);
        if (!status.find()) {
            throw new IOException("the proxy's answer is no HTTP");
        }
        if (!status.group(1).startsWith("2")) {
            throw new ProxyRefusal(Integer.parseInt(status.group(1)), login != null);
        }
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
        parameters.setEndpointIdentificationAlgorithm(
                "HTTPS"); // without, any trusted certificate would do for any host
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    /** The proxy let nobody through. */
    static final class ProxyRefusal extends IOException {
        private static final long serialVersionUID = 1;

        final int status;

        ProxyRefusal(int status, boolean withLogin) {
            super(
                    status != 407
                            ? "the proxy answered CONNECT with status " + status
                            : withLogin
                                    ? "the proxy refuses the login (status 407): check the proxyCredentials"
                                    : "the proxy wants a login (status 407): give proxyCredentials");
            this.status = status;
        }
    }
}
