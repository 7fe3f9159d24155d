package io.github.comfyeks.transport.internal;

import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.error.ConnectionException;
import io.github.comfyeks.error.HttpStatusException;
import io.github.comfyeks.error.ProtocolException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to one server. Blocks the calling thread, holds no lock while it does, and is safe for any number of
 * threads. Redirects are followed by reads only, and without credentials once they leave the server's origin. OkHttp's own
 * repetition is off: a POST that it sent again in silence would run a workflow twice.
 */
public final class Http {
    private static final int MAX_BODY = 256 << 20;
    private static final int MAX_REDIRECTS = 5;

    private final HttpConfig config;
    private final HttpUrl base;
    /** For whole answers: the call as a whole has the limit. */
    private final OkHttpClient client;
    /** For bodies of any length: each read and write has the limit. */
    private final OkHttpClient streaming;

    private final CookieStore cookies;
    private final Retries retries;
    private final Map<String, HttpUrl> fixedPaths = new ConcurrentHashMap<>();

    public Http(HttpConfig config) {
        this(config, Engine.create(config), new CookieStore());
    }

    private Http(HttpConfig config, OkHttpClient engine, CookieStore cookies) {
        this.config = config;
        this.base = Engine.url(config.server());
        this.cookies = cookies;
        this.client = engine.newBuilder().cookieJar(cookies).build();
        this.streaming = client.newBuilder()
                .readTimeout(config.requestLimit())
                .writeTimeout(config.requestLimit())
                .build();
        this.retries = new Retries(config.retry(), config.time(), config.observer());
    }

    /** The same server and connections with a cookie store of its own, holding these affinity cookies. */
    public Http withAffinity(Map<String, String> affinity) {
        CookieStore store = new CookieStore();
        affinity.forEach((name, value) -> store.saveFromResponse(
                base,
                java.util.List.of(new okhttp3.Cookie.Builder()
                        .name(name)
                        .value(value)
                        .domain(base.host())
                        .path("/")
                        .build())));
        return new Http(config, client, store);
    }

    public HttpConfig config() {
        return config;
    }

    /** Sends, checks the status and reads the whole answer; reads are repeated as the policy says. */
    public HttpReply send(HttpCall call) {
        return call.repeatable ? retries.run(call.label(), () -> attempt(call)) : attempt(call);
    }

    private HttpReply attempt(HttpCall call) {
        try (Response response = open(call, requestLimit(call))) {
            byte[] body = readAll(call, response);
            config.observer().onBytes(body.length, 0);
            HttpReply reply = new HttpReply(call.label(), response.code(), response::header, body);
            if (!isAnswer(call, response.code())) {
                throw Failures.ofStatus(call.label(), config.server(), reply);
            }
            return reply;
        } catch (IOException e) {
            throw Failures.ofIo(call.label(), config, requestLimit(call), e, true);
        }
    }

    private Duration requestLimit(HttpCall call) {
        return call.limit == null ? config.requestLimit() : call.limit;
    }

    /** A streamed answer: the caller closes it. The status is checked, the opening repeated as the policy says. */
    public Streamed stream(HttpCall call) {
        return call.repeatable ? retries.run(call.label(), () -> openStream(call)) : openStream(call);
    }

    private Streamed openStream(HttpCall call) {
        try {
            Response response = open(call, Duration.ZERO);
            try {
                if (!isAnswer(call, response.code())) {
                    HttpReply reply =
                            new HttpReply(call.label(), response.code(), response::header, readAll(call, response));
                    throw Failures.ofStatus(call.label(), config.server(), reply);
                }
                return new Streamed(response);
            } catch (ComfyException | IOException e) {
                response.close();
                throw e;
            }
        } catch (IOException e) {
            throw Failures.ofIo(call.label(), config, config.requestLimit(), e, true);
        }
    }

    /** Reads a streamed answer wholly through the function; what breaks on the way is a failed attempt. */
    public <T> T read(HttpCall call, StreamReader<T> reader) {
        return retries.run(call.label(), () -> readOnce(call, reader));
    }

    /** The same in one attempt. */
    public <T> T readOnce(HttpCall call, StreamReader<T> reader) {
        try (Streamed streamed = openStream(call)) {
            return reader.read(streamed.body());
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new ProtocolException(
                    "expected JSON of a ComfyUI server, but it cannot be read: " + e.getOriginalMessage() + " ["
                            + call.label() + "]",
                    e);
        } catch (IOException e) {
            throw Failures.ofIo(call.label(), config, config.requestLimit(), e, true);
        }
    }

    /** What a failure to read on from this call's streamed body means. */
    public ComfyException failure(HttpCall call, IOException e) {
        return Failures.ofIo(call.label(), config, config.requestLimit(), e, true);
    }

    /** Turns a body into a value. */
    @FunctionalInterface
    public interface StreamReader<T> {
        T read(InputStream body) throws IOException;
    }

    private Response open(HttpCall call, Duration limit) throws IOException {
        HttpUrl url = url(call);
        for (int hop = 0; ; hop++) {
            Request request = Engine.request(call, url, sameOrigin(url) ? secrets() : Map.of());
            Call sent = (limit.isZero() ? streaming : client).newCall(request);
            if (!limit.isZero()) {
                sent.timeout().timeout(limit.toNanos(), TimeUnit.NANOSECONDS);
            }
            long start = config.time().nanoTime();
            Response response;
            try {
                response = execute(sent);
            } catch (IOException e) {
                config.observer()
                        .onRequest(
                                call.label(), 0, Duration.ofNanos(config.time().nanoTime() - start));
                throw Failures.ofIo(call.label(), config, limit, e, Engine.mayHaveArrived(request));
            }
            config.observer()
                    .onRequest(
                            call.label(),
                            response.code(),
                            Duration.ofNanos(config.time().nanoTime() - start));
            if (call.body != null) {
                config.observer().onBytes(0, Math.max(0, call.body.contentLength()));
            }
            HttpUrl next = redirect(call, url, response);
            if (next == null) {
                return response;
            }
            response.close();
            if (hop == MAX_REDIRECTS) {
                throw new ProtocolException(
                        "redirected more than " + MAX_REDIRECTS + " times, last to " + next.redact() + " ["
                                + call.label() + "]",
                        null);
            }
            url = next;
        }
    }

    /** OkHttp, which is Kotlin, lets an InterruptedException through without declaring it, and the flag is lost. */
    private static Response execute(Call call) throws IOException {
        try {
            return call.execute();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
    }

    private static @Nullable HttpUrl redirect(HttpCall call, HttpUrl from, Response response) {
        boolean read = call.method.equals("GET") || call.method.equals("HEAD");
        String location = response.header("Location");
        if (!response.isRedirect() || !read || location == null) {
            return null;
        }
        return from.resolve(location);
    }

    private boolean sameOrigin(HttpUrl url) {
        return url.scheme().equals(base.scheme()) && url.host().equals(base.host()) && url.port() == base.port();
    }

    private Map<String, String> secrets() {
        Map<String, String> credentials = config.credentials().headers();
        if (config.headers().isEmpty()) {
            return credentials;
        }
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(config.headers());
        all.putAll(credentials);
        return all;
    }

    private static boolean isAnswer(HttpCall call, int status) {
        return (status >= 200 && status < 300) || call.accepted.contains(status);
    }

    private static byte[] readAll(HttpCall call, Response response) throws IOException {
        long length = response.body().contentLength();
        if (length >= 0 && length <= MAX_BODY) {
            return response.body().bytes();
        }
        byte[] body = response.body().byteStream().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            throw new ProtocolException(
                    "an answer of more than " + (MAX_BODY >> 20) + " MiB where none is expected [" + call.label() + "]",
                    null);
        }
        return body;
    }

    private HttpUrl url(HttpCall call) {
        if (call.isFixedPath()) {
            HttpUrl path = fixedPaths.computeIfAbsent(call.template, template -> withPath(call));
            return call.query.isEmpty() ? path : withQuery(path.newBuilder(), call);
        }
        HttpUrl path = withPath(call);
        return call.query.isEmpty() ? path : withQuery(path.newBuilder(), call);
    }

    private HttpUrl withPath(HttpCall call) {
        HttpUrl.Builder url = base.newBuilder();
        call.segments.forEach(url::addPathSegment);
        return url.build();
    }

    private static HttpUrl withQuery(HttpUrl.Builder url, HttpCall call) {
        call.query.forEach(url::addQueryParameter);
        return url.build();
    }

    /** What the event socket's handshake needs: address, and the headers as of now, cookies among them. */
    public record Handshake(URI uri, Map<String, String> headers) {
        /** Without the headers, which hold secrets. */
        @Override
        public String toString() {
            return "Handshake[" + uri + "]";
        }
    }

    /** The handshake for {@code /ws?clientId=…}. */
    public Handshake handshake(String clientId) {
        HttpUrl url = base.newBuilder()
                .addPathSegment("ws")
                .addQueryParameter("clientId", clientId)
                .build();
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(secrets());
        String cookie = cookies.headerFor(url);
        if (!cookie.isEmpty()) {
            headers.put("Cookie", cookie);
        }
        headers.put("User-Agent", Engine.USER_AGENT);
        return new Handshake(URI.create(url.toString().replaceFirst("^http", "ws")), headers);
    }

    /** Takes the cookies that the socket's handshake set. */
    public void adoptCookies(Collection<String> setCookie) {
        cookies.adopt(base, setCookie);
    }

    /** The affinity cookies as of now. */
    public Map<String, String> affinity(Collection<String> namePrefixes) {
        return cookies.affinity(base, namePrefixes);
    }

    /** Closes idle connections and stops the engine's threads. Requests under way end as they will. */
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    /** An open answer whose body is read as it comes. */
    public static final class Streamed implements AutoCloseable {
        private final Response response;

        private Streamed(Response response) {
            this.response = response;
        }

        public int status() {
            return response.code();
        }

        public @Nullable String header(String name) {
            return response.header(name);
        }

        /** Of the body, in bytes; -1 if unknown. */
        public long contentLength() {
            return response.body().contentLength();
        }

        public InputStream body() {
            return response.body().byteStream();
        }

        @Override
        public void close() {
            response.close();
        }
    }

    /** Runs it as an attempt would be: for callers with a loop of their own. */
    public <T> T retrying(String label, Function<Integer, T> attempt) {
        int[] count = {0};
        return retries.run(label, () -> attempt.apply(++count[0]));
    }

    /** Whether this failure may pass, so that a read is worth another attempt. */
    public static boolean isTransient(ComfyException e) {
        return e instanceof ConnectionException
                || (e instanceof HttpStatusException http && Retries.TRANSIENT.contains(http.status()));
    }
}
