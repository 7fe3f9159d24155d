package io.github.comfyeks.transport.internal;

import io.github.comfyeks.internal.FakeTime;
import io.github.comfyeks.internal.TimeSource;
import io.github.comfyeks.observe.ComfyObserver;
import io.github.comfyeks.transport.Credentials;
import io.github.comfyeks.transport.RetryPolicy;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;

/** A scripted server and a client of it whose time stands still. */
public final class HttpFixture implements AutoCloseable {
    public static final String SECRET = "s3cret-token";

    private final MockWebServer server = new MockWebServer();
    private final FakeTime time = new FakeTime();
    private final Http http;

    public HttpFixture() throws IOException {
        this(RetryPolicy.standard());
    }

    public HttpFixture(RetryPolicy retry) throws IOException {
        server.start();
        http = http(server.getPort(), retry, time);
    }

    /** A client of whatever listens there, with a real clock. */
    static Http http(int port) {
        return http(port, RetryPolicy.none(), TimeSource.SYSTEM);
    }

    private static Http http(int port, RetryPolicy retry, TimeSource time) {
        return new Http(new HttpConfig(
                URI.create("http://127.0.0.1:" + port),
                Credentials.bearer(SECRET),
                Map.of("X-Tenant", "tenant-secret"),
                null,
                null,
                null,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                retry,
                ComfyObserver.NONE,
                time));
    }

    public Http http() {
        return http;
    }

    public MockWebServer server() {
        return server;
    }

    public FakeTime time() {
        return time;
    }

    public static MockResponse.Builder answer(int status) {
        return new MockResponse.Builder().code(status);
    }

    public HttpFixture enqueue(MockResponse.Builder answer) {
        server.enqueue(answer.build());
        return this;
    }

    public HttpFixture enqueue(int status, String body) {
        return enqueue(answer(status).body(body));
    }

    /** An answer that says it is longer than it is, and then hangs up. */
    public static MockResponse.Builder cut(MockResponse.Builder answer, int saidLength) {
        return answer.setHeader("Content-Length", saidLength).onResponseEnd(new SocketEffect.CloseSocket());
    }

    /** The next request that came; there must be one. */
    public RecordedRequest request() {
        try {
            RecordedRequest request = server.takeRequest(5, java.util.concurrent.TimeUnit.SECONDS);
            if (request == null) {
                throw new AssertionError("no request came");
            }
            return request;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        http.close();
        server.close();
    }
}
