package io.github.comfyeks.transport.internal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request on one connection and reads the head of its answer: HTTP/1.1 as Apache HttpCore speaks it, without the
 * layers of a whole HTTP client, since this house repeats, redirects and keeps cookies by rules of its own. Nothing is ever
 * sent twice here. Thread-safe.
 */
final class Engine {
    static final String USER_AGENT = "comfyeks";

    private final HttpConfig config;
    private final Deadlines deadlines = new Deadlines();
    private final Dialer dialer;
    private final Connections connections;

    Engine(HttpConfig config, Url.Origin server) {
        this.config = config;
        this.dialer = new Dialer(config, deadlines);
        this.connections = new Connections(dialer, server, deadlines);
    }

    /** A failure, and whether the request had begun to be written: before that, the server cannot have seen it. */
    static final class Failure extends IOException {
        private static final long serialVersionUID = 1;

        final boolean mayHaveArrived;
        final transient IOException why;

        Failure(IOException why, boolean mayHaveArrived) {
            super(why.getMessage(), why);
            this.why = why;
            this.mayHaveArrived = mayHaveArrived;
        }
    }

    /**
     * @param limit for the whole call, its body included; zero: the request limit for each read and write
     * @throws Failure if no answer comes about
     */
    Answer send(HttpCall call, Url url, Map<String, String> headers, Duration limit) throws Failure {
        Duration connect =
                !limit.isZero() && limit.compareTo(config.connectLimit()) < 0 ? limit : config.connectLimit();
        Connection connection;
        try {
            connection = connections.take(url.origin(), connect);
        } catch (IOException e) {
            throw new Failure(e, false);
        }
        boolean renewed = limit.isZero();
        Deadlines.Deadline deadline;
        try {
            deadline = deadlines.in(renewed ? config.requestLimit() : limit, connection);
        } catch (Deadlines.ClosedException e) {
            connection.close();
            throw new Failure(e, false);
        }
        try {
            ClassicHttpRequest request = request(call, url, headers, connection, renewed ? deadline : null);
            ClassicHttpResponse response = exchange(connection, request);
            return new Answer(
                    call.method.equals("HEAD"), request, response, connection, connections, deadline, renewed);
        } catch (IOException | HttpException | RuntimeException e) {
            deadline.cancel();
            connection.close();
            throw new Failure(failure(e, deadline), true);
        }
    }

    /** A line of its own for an event socket. */
    Line line(Url.Origin to) {
        return new Line(dialer, to);
    }

    /** What went wrong, if the limit did not. */
    static IOException failure(Exception e, Deadlines.Deadline deadline) {
        if (deadline.isExpired()) {
            return (IOException) new InterruptedIOException("the limit is reached").initCause(e);
        }
        return e instanceof IOException io ? io : new IOException("no HTTP answer: " + e.getMessage(), e);
    }

    private ClassicHttpRequest request(
            HttpCall call,
            Url url,
            Map<String, String> headers,
            Connection connection,
            Deadlines.@Nullable Deadline renewed) {
        BasicClassicHttpRequest request =
                new BasicClassicHttpRequest(call.method, connection.viaProxy ? url.toString() : url.target());
        request.setHeader("Host", url.origin().authority());
        request.setHeader("User-Agent", USER_AGENT);
        request.setAbsoluteRequestUri(connection.viaProxy);
        if (connection.viaProxy) {
            String login = dialer.proxyLogin();
            if (login != null) {
                request.setHeader("Proxy-Authorization", login);
            }
        }
        if (!call.headers.containsKey("Accept-Encoding")) {
            request.setHeader("Accept-Encoding", "gzip");
        }
        call.headers.forEach(request::setHeader);
        headers.forEach(request::setHeader);
        if (call.body != null) {
            Entity entity = new Entity(call.body, renewed);
            request.setEntity(entity);
            request.setHeader("Content-Type", call.body.contentType());
            if (entity.getContentLength() >= 0) {
                request.setHeader("Content-Length", entity.getContentLength());
            } else {
                request.setHeader("Transfer-Encoding", "chunked");
            }
        } else if (!call.method.equals("GET") && !call.method.equals("HEAD")) {
            request.setHeader("Content-Length", 0);
        }
        return request;
    }

    private static ClassicHttpResponse exchange(Connection connection, ClassicHttpRequest request)
            throws IOException, HttpException {
        boolean sentWhole = send(connection, request);
        ClassicHttpResponse response = connection.http.receiveResponseHeader();
        while (response.getCode() < 200) {
            response = connection.http.receiveResponseHeader();
        }
        if (hasBody(request, response)) {
            connection.http.receiveResponseEntity(response);
        }
        if (!sentWhole) {
            response.setHeader("Connection", "close");
        }
        return response;
    }

    /** What HTTP says has none may have no length either, and would be read until the server hangs up. */
    private static boolean hasBody(ClassicHttpRequest request, ClassicHttpResponse response) {
        int status = response.getCode();
        return !request.getMethod().equals("HEAD") && status != 204 && status != 304;
    }

    /** False if the server answered and hung up before it had read the whole body, as it does with one that is too large. */
    private static boolean send(Connection connection, ClassicHttpRequest request) throws IOException, HttpException {
        connection.http.sendRequestHeader(request);
        try {
            if (request.getEntity() != null) {
                connection.http.sendRequestEntity(request);
            }
            connection.http.flush();
            return true;
        } catch (IOException e) {
            if (request.getEntity() == null || !hasAnswer(connection)) {
                throw e;
            }
            return false;
        }
    }

    private static boolean hasAnswer(Connection connection) {
        try {
            return connection.http.isOpen() && connection.http.isDataAvailable(Timeout.ofMilliseconds(100));
        } catch (IOException e) {
            return false;
        }
    }

    void close() {
        connections.close();
        deadlines.close();
    }

    private static final class Entity extends AbstractHttpEntity {
        private final HttpBody body;
        private final Deadlines.@Nullable Deadline renewed;

        Entity(HttpBody body, Deadlines.@Nullable Deadline renewed) {
            super(ContentType.APPLICATION_OCTET_STREAM, null, body.contentLength() < 0);
            this.body = body;
            this.renewed = renewed;
        }

        @Override
        public long getContentLength() {
            return body.contentLength();
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            body.writeTo(
                    renewed == null
                            ? out
                            : new FilterOutputStream(out) {
                                @Override
                                public void write(byte[] bytes, int offset, int length) throws IOException {
                                    out.write(bytes, offset, length);
                                    renewed.renew();
                                }
                            });
        }

        @Override
        public InputStream getContent() {
            throw new IllegalStateException("it is written, not read");
        }

        @Override
        public boolean isStreaming() {
            return true;
        }

        @Override
        public void close() {}
    }
}
