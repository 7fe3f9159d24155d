package io.github.comfyeks.server.internal;

import io.github.comfyeks.internal.TimeSource;
import io.github.comfyeks.observe.ComfyObserver;
import io.github.comfyeks.transport.Credentials;
import io.github.comfyeks.transport.RetryPolicy;
import io.github.comfyeks.transport.internal.Http;
import io.github.comfyeks.transport.internal.HttpConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** Answers by method and path as a test says, and remembers what was asked. */
final class MockComfy implements AutoCloseable {
    /** A clock that a test moves. */
    static final class Clock implements TimeSource {
        final AtomicLong nanos = new AtomicLong(1);

        @Override
        public long nanoTime() {
            return nanos.get();
        }

        @Override
        public void sleep(Duration duration) {
            nanos.addAndGet(duration.toNanos());
        }
    }

    final Clock clock = new Clock();
    private final MockWebServer server = new MockWebServer();
    private final Map<String, Function<String, MockResponse>> routes = new ConcurrentHashMap<>();
    private final List<String> asked = java.util.Collections.synchronizedList(new ArrayList<>());

    MockComfy() {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String line = request.getMethod() + " " + request.getTarget();
                String body = request.getBody() == null ? "" : request.getBody().utf8();
                asked.add(body.isEmpty() ? line : line + " " + body);
                Function<String, MockResponse> route = routes.get(line);
                return route == null ? answer(404, "") : route.apply(body);
            }
        });
        try {
            server.start();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static MockResponse answer(int status, String body) {
        return new MockResponse.Builder().code(status).body(body).build();
    }

    MockComfy on(String line, int status, String body) {
        return on(line, asked -> answer(status, body));
    }

    MockComfy on(String line, Function<String, MockResponse> route) {
        routes.put(line, route);
        return this;
    }

    /** Each request so far: method, target, body. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    Http http() {
        return new Http(new HttpConfig(
                server.url("/").uri(),
                Credentials.none(),
                Map.of(),
                null,
                null,
                null,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                RetryPolicy.standard(),
                ComfyObserver.NONE,
                clock));
    }

    @Override
    public void close() {
        server.close();
    }
}
