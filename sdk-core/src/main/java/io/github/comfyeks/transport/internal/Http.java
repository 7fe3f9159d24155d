package io.github.comfyeks.transport.internal;

import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.error.ConnectionException;
import io.github.comfyeks.error.HttpStatusException;
import io.github.comfyeks.error.ProtocolException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to one server. Blocks the calling thread, holds no lock while it does, and is safe for any number of
 * threads. Redirects are followed by reads only, and without credentials once they leave the server's origin. Nothing is
 * repeated in silence: a POST that was sent again would run a workflow twice.
 */
public final class Http {
    private static final int MAX_BODY = 256 << 20;
    private static final int MAX_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final HttpConfig config;
    private final Url base;
    private final Engine engine;
    private final CookieStore cookies;
    private final Retries retries;
    private final Map<String, Url> fixedPaths = new ConcurrentHashMap<>();

    public Http(HttpConfig config) {
        this(config, Url.of(withoutSlash(config.server())));
    }

    private Http(HttpConfig config, Url base) {
        this(config, base, new Engine(config, base.origin()), new CookieStore());
    }

    private Http(HttpConfig config, Url base, Engine engine, CookieStore cookies) {
        this.config = config;
        this.base = base;
        this.cookies = cookies;
        this.engine = engine;
        this.retries = new Retries(config.retry(), config.time(), config.observer());
    }

    private static URI withoutSlash(URI server) {
        String text = server.toString();
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : server;
    }

    /** The same server and connections with a cookie store of its own, holding these affinity cookies. */
    public Http withAffinity(Map<String, String> affinity) {
        CookieStore store = new CookieStore();
        store.adopt(base, affinity);
        return new Http(config, base, engine, store);
    }

    public HttpConfig config() {
        return config;
    }

    /** Sends, checks the status and reads the whole answer; reads are repeated as the policy says. */
    public HttpReply send(HttpCall call) {
        return call.repeatable ? retries.run(call.label(), () -> attempt(call)) : attempt(call);
    }

    private HttpReply attempt(HttpCall call) {
        try (Answer answer = open(call, requestLimit(call))) {
            byte[] body = readAll(call, answer);
            config.observer().onBytes(body.length, 0);
            HttpReply reply = new HttpReply(call.label(), answer.status(), answer::header, body);
            if (!isAnswer(call, answer.status())) {
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
            Answer answer = open(call, Duration.ZERO);
            try {
                if (!isAnswer(call, answer.status())) {
                    HttpReply reply =
                            new HttpReply(call.label(), answer.status(), answer::header, readAll(call, answer));
                    throw Failures.ofStatus(call.label(), config.server(), reply);
                }
                return new Streamed(answer);
            } catch (ComfyException | IOException e) {
                answer.close();
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

    private Answer open(HttpCall call, Duration limit) {
        Url url = url(call);
        for (int hop = 0; ; hop++) {
            Answer answer = exchange(call, url, limit);
            Url next = redirect(call, url, answer);
            if (next == null) {
                return answer;
            }
            answer.close();
            if (hop == MAX_REDIRECTS) {
                throw new ProtocolException(
                        "redirected more than " + MAX_REDIRECTS + " times, last to " + next.origin() + " ["
                                + call.label() + "]",
                        null);
            }
            url = next;
        }
    }

    private Answer exchange(HttpCall call, Url url, Duration limit) {
        Map<String, String> headers = headers(url);
        long start = config.time().nanoTime();
        int status = 0;
        try {
            Answer answer = engine.send(call, url, headers, limit);
            status = answer.status();
            List<String> set = answer.headers("Set-Cookie");
            if (!set.isEmpty()) {
                cookies.adopt(url, set);
            }
            if (call.body != null) {
                config.observer().onBytes(0, Math.max(0, call.body.contentLength()));
            }
            return answer;
        } catch (Engine.Failure e) {
            throw Failures.ofIo(call.label(), config, limit, e.why, e.mayHaveArrived);
        } finally {
            config.observer()
                    .onRequest(
                            call.label(), status, Duration.ofNanos(config.time().nanoTime() - start));
        }
    }

    /** Secrets and cookies for this address: nothing of ours leaves the server's origin. */
    private Map<String, String> headers(Url url) {
        Map<String, String> secrets = url.origin().equals(base.origin()) ? secrets() : Map.of();
        String cookie = cookies.headerFor(url);
        if (cookie.isEmpty()) {
            return secrets;
        }
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(secrets);
        all.put("Cookie", cookie);
        return all;
    }

    private static @Nullable Url redirect(HttpCall call, Url from, Answer answer) {
        boolean read = call.method.equals("GET") || call.method.equals("HEAD");
        String location = REDIRECTS.contains(answer.status()) ? answer.header("Location") : null;
        return read && location != null ? from.resolve(location) : null;
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

    private static byte[] readAll(HttpCall call, Answer answer) throws IOException {
        int most = (int) Math.min(MAX_BODY, answer.contentLength() < 0 ? MAX_BODY : answer.contentLength());
        byte[] body = answer.body().readNBytes(most);
        if (answer.contentLength() > MAX_BODY || answer.body().read() >= 0) {
            throw new ProtocolException(
                    "an answer of more than " + (MAX_BODY >> 20) + " MiB where none is expected [" + call.label() + "]",
                    null);
        }
        return body;
    }

    private Url url(HttpCall call) {
        Url path = call.isFixedPath()
                ? fixedPaths.computeIfAbsent(call.template, template -> base.plus(call.segments))
                : base.plus(call.segments);
        return call.query.isEmpty() ? path : path.query(call.query);
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
        Url url = base.plus(List.of("ws")).query(Map.of("clientId", clientId));
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

    /** The line that an event socket talks on. */
    public Line line() {
        return engine.line(base.origin());
    }

    /** Closes idle connections and stops the engine's threads. Requests under way end as they will. */
    public void close() {
        engine.close();
    }

    /** An open answer whose body is read as it comes. */
    public static final class Streamed implements AutoCloseable {
        private final Answer answer;

        private Streamed(Answer answer) {
            this.answer = answer;
        }

        public int status() {
            return answer.status();
        }

        public @Nullable String header(String name) {
            return answer.header(name);
        }

        /** Of the body, in bytes; -1 if unknown. */
        public long contentLength() {
            return answer.contentLength();
        }

        public InputStream body() {
            return answer.body();
        }

        @Override
        public void close() {
            answer.close();
        }
    }

    /** Runs it as an attempt would be: for callers with a loop of their own. */
    public <T> T retrying(String label, Function<Integer, T> attempt) {
        int[] count = {0};
        return retries.run(label, () -> attempt.apply(++count[0]));
    }

    /** Whether this failure may pass, so that a read is worth another attempt. */
    public static boolean isTransient(ComfyException e) {
        return (e instanceof ConnectionException
                        && !TlsRefusal.is(e.getCause())
                        && !(e.getCause() instanceof Deadlines.ClosedException))
                || (e instanceof HttpStatusException http && Retries.TRANSIENT.contains(http.status()));
    }
}
