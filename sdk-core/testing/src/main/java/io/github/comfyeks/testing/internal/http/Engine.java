package io.github.comfyeks.testing.internal.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.HttpUrl;
import okhttp3.Protocol;
import okio.Buffer;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 and the upgrade to a WebSocket on one port, by mockwebserver3. Safe for use by several threads. */
public final class Engine {
    /** Held for good: a logger that nobody refers to loses its level. */
    private static final Logger ENGINE_LOG = Logger.getLogger(MockWebServer.class.getName());

    private final InetAddress address;
    private final @Nullable SSLContext tls;
    private final boolean clientCertificates;
    private final Application application;
    private volatile @Nullable MockWebServer server;

    /** Answers requests. */
    @FunctionalInterface
    public interface Application {
        Exchange answer(Request.Source source, String path);
    }

    /**
     * An answer and how it is written.
     *
     * @param cookies values of {@code Set-Cookie}, each a header of its own
     * @param bytesPerPeriod how much of the body goes out at once, or 0 for all of it
     */
    public record Exchange(Response response, List<String> cookies, long bytesPerPeriod, long periodNanos) {}

    /** @param tls for HTTPS, with key and, if client certificates are wanted, trust; null for plain HTTP */
    public Engine(InetAddress address, @Nullable SSLContext tls, boolean clientCertificates, Application application) {
        this.address = address;
        this.tls = tls;
        this.clientCertificates = clientCertificates;
        this.application = application;
        if (ENGINE_LOG.getLevel() == null) {
            ENGINE_LOG.setLevel(Level.SEVERE);
        }
    }

    /** Opens the port; 0 takes a free one. */
    public int start(int port) {
        MockWebServer fresh = new MockWebServer();
        fresh.setServerSocketFactory(new QuickSockets());
        fresh.setProtocols(List.of(Protocol.HTTP_1_1));
        if (tls != null) {
            fresh.useHttps(tls.getSocketFactory());
            if (clientCertificates) {
                fresh.requireClientAuth();
            }
        }
        fresh.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                fresh.takeRequest(0, TimeUnit.NANOSECONDS);
                return answer(request);
            }
        });
        try {
            fresh.start(address, port);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + address.getHostAddress() + ":" + port, e);
        }
        server = fresh;
        return fresh.getPort();
    }

    /** Closes the port and all connections: whoever comes next is refused. */
    public void stop() {
        MockWebServer old = server;
        server = null;
        if (old != null) {
            old.close();
        }
    }

    private MockResponse answer(RecordedRequest request) {
        HttpUrl url = request.getUrl();
        Exchange exchange = application.answer(new RecordedSource(request, url), url.encodedPath());
        Response response = exchange.response();
        MockResponse.Builder builder = new MockResponse.Builder().status(Reasons.statusLine(response.status()));
        if (response.lost()) {
            return builder.onResponseStart(new SocketEffect.CloseSocket()).build();
        }
        builder.clearHeaders();
        response.headers().forEach(builder::addHeaderLenient);
        exchange.cookies().forEach(cookie -> builder.addHeader("Set-Cookie", cookie));
        var upgrade = response.upgrade();
        if (upgrade != null) {
            return builder.socketHandler(upgrade::accept).build();
        }
        builder.addHeader("Server", "Python/3.11 aiohttp/3.14.5");
        if (request.getMethod().equals("HEAD") || response.status() == 304 || response.status() == 204) {
            if (response.status() == 200) {
                builder.setHeader("Content-Length", response.body().size());
            }
            return builder.build();
        }
        builder.body(new Buffer().write(response.body()));
        if (exchange.bytesPerPeriod() > 0) {
            builder.throttleBody(exchange.bytesPerPeriod(), exchange.periodNanos(), TimeUnit.NANOSECONDS);
        }
        return builder.build();
    }

    /** A recorded request as the routes see it. */
    private record RecordedSource(RecordedRequest request, HttpUrl url) implements Request.Source {
        @Override
        public String method() {
            return request.getMethod();
        }

        @Override
        public @Nullable String query(String name) {
            return url.queryParameter(name);
        }

        @Override
        public @Nullable String header(String name) {
            return request.getHeaders().get(name);
        }

        @Override
        public byte[] body() {
            ByteString body = request.getBody();
            return body == null ? new byte[0] : body.toByteArray();
        }
    }
}
