package io.github.comfyeks.transport.internal;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.jspecify.annotations.Nullable;

/**
 * The head of an answer, and its body as it comes. Its connection goes back once the body has been read to its end, and is
 * closed if the answer is closed before. Used by one thread.
 */
final class Answer implements AutoCloseable {
    private final ClassicHttpResponse response;
    private final Connection connection;
    private final Connections connections;
    private final Deadlines.Deadline deadline;
    private final boolean reusable;
    private final boolean zipped;
    private final InputStream body;
    private final long length;
    private boolean done;

    /** @param renewed whether the deadline is for each read; else it is for the answer as a whole */
    Answer(
            boolean headOnly,
            ClassicHttpRequest request,
            ClassicHttpResponse response,
            Connection connection,
            Connections connections,
            Deadlines.Deadline deadline,
            boolean renewed)
            throws IOException {
        this.response = response;
        this.connection = connection;
        this.connections = connections;
        this.deadline = deadline;
        this.reusable = DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, response, null);
        HttpEntity entity = headOnly ? null : response.getEntity();
        this.zipped = entity != null && isGzip(request, "Accept-Encoding") && isGzip(response, "Content-Encoding");
        if (entity == null || entity.getContentLength() == 0) {
            this.length = headOnly ? -1 : 0;
            this.body = InputStream.nullInputStream();
            finish(true);
        } else {
            this.length = zipped ? -1 : entity.getContentLength();
            InputStream raw = new Body(entity.getContent(), renewed);
            this.body = zipped ? new GZIPInputStream(raw, 8 << 10) : raw;
        }
    }

    private static boolean isGzip(org.apache.hc.core5.http.HttpMessage message, String header) {
        Header value = message.getFirstHeader(header);
        return value != null && value.getValue().strip().equalsIgnoreCase("gzip");
    }

    int status() {
        return response.getCode();
    }

    /** The first of that name. */
    @Nullable
    String header(String name) {
        if (zipped && name.equalsIgnoreCase("Content-Encoding")) {
            return null; // it is taken off
        }
        Header header = response.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    List<String> headers(String name) {
        Header[] headers = response.getHeaders(name);
        if (headers.length == 0) {
            return List.of();
        }
        return Arrays.stream(headers).map(NameValuePair::getValue).toList();
    }

    /** Of the body, in bytes; -1 if unknown. */
    long contentLength() {
        return length;
    }

    InputStream body() {
        return body;
    }

    @Override
    public void close() {
        finish(false);
    }

    private void finish(boolean whole) {
        if (done) {
            return;
        }
        done = true;
        deadline.cancel();
        if (whole && reusable && !deadline.isExpired()) {
            connections.giveBack(connection);
        } else {
            connection.close();
        }
    }

    /** Tells the end of the body, and what a limit did. */
    private final class Body extends FilterInputStream {
        private final boolean renewed;

        Body(InputStream raw, boolean renewed) {
            super(raw);
            this.renewed = renewed;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int count) throws IOException {
            if (done) {
                return -1;
            }
            try {
                int read = in.read(bytes, offset, count);
                if (read < 0) {
                    finish(true);
                } else if (renewed) {
                    deadline.renew();
                }
                return read;
            } catch (IOException | RuntimeException e) {
                finish(false);
                throw Engine.failure(e, deadline);
            }
        }

        @Override
        public long skip(long count) throws IOException {
            byte[] skipped = new byte[(int) Math.min(count, 8 << 10)];
            return Math.max(0, read(skipped, 0, skipped.length));
        }

        @Override
        public void close() {
            finish(false);
        }
    }
}
