package io.github.comfyeks.testing.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** An event socket of a test: keeps what it hears, and waits for it. */
public final class LiveSocket extends WebSocketListener implements AutoCloseable {
    private static final OkHttpClient CLIENT =
            new OkHttpClient.Builder().readTimeout(Duration.ZERO).build();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final List<JsonNode> frames = new ArrayList<>();
    private final WebSocket socket;
    private boolean ended;
    private @Nullable Throwable failure;

    /** Connects to {@code /ws} with a client id, or without for an empty one. */
    public LiveSocket(URI server, String clientId) {
        String query = clientId.isEmpty() ? "" : "?clientId=" + clientId;
        this.socket = CLIENT.newWebSocket(
                new Request.Builder().url(server + "/ws" + query).build(), this);
    }

    @Override
    public synchronized void onMessage(WebSocket webSocket, String text) {
        ObjectNode frame = JsonNodeFactory.instance.objectNode();
        try {
            frame.set("text", MAPPER.readTree(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        frames.add(frame);
        notifyAll();
    }

    @Override
    public synchronized void onMessage(WebSocket webSocket, ByteString bytes) {
        ObjectNode frame = JsonNodeFactory.instance.objectNode();
        frame.put("binary_hex", bytes.substring(0, Math.min(64, bytes.size())).hex());
        frame.put("length", bytes.size());
        frames.add(frame);
        notifyAll();
    }

    @Override
    public synchronized void onFailure(WebSocket webSocket, Throwable t, @Nullable Response response) {
        failure = t;
        ended = true;
        notifyAll();
    }

    @Override
    public void onClosing(WebSocket webSocket, int code, String reason) {
        webSocket.close(code, null);
    }

    @Override
    public synchronized void onClosed(WebSocket webSocket, int code, String reason) {
        ended = true;
        notifyAll();
    }

    /** Sends a text. */
    public void send(String text) {
        if (!socket.send(text)) {
            throw new IllegalStateException("the socket does not take any more");
        }
    }

    /** What was heard so far. */
    public synchronized List<JsonNode> frames() {
        return List.copyOf(frames);
    }

    /** The types of the events heard so far; {@code binary} for a binary message. */
    public List<String> types() {
        return frames().stream()
                .map(frame -> frame.has("text") ? frame.at("/text/type").asText() : "binary")
                .toList();
    }

    /** Waits until so many frames match; false if that took longer than the limit or the line is cut. */
    public synchronized boolean await(int count, Predicate<JsonNode> matches, Duration limit)
            throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (frames.stream().filter(matches).count() < count) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0 || ended) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /** Waits for an event of a type. */
    public boolean awaitType(String type) throws InterruptedException {
        return await(1, frame -> frame.at("/text/type").asText().equals(type), Duration.ofSeconds(5));
    }

    /** Waits for the event that ends a run: {@code executing} with {@code node: null}. */
    public boolean awaitEnds(int count) throws InterruptedException {
        return await(count, LiveSocket::isEnd, Duration.ofSeconds(10));
    }

    /** Whether this is the event that ends a run. */
    public static boolean isEnd(JsonNode frame) {
        return frame.at("/text/type").asText().equals("executing")
                && frame.at("/text/data/node").isNull();
    }

    /** Waits until the line is cut or closed; false after five seconds. */
    public synchronized boolean awaitEnd() throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (!ended) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /** Why the line was cut, or null if it was closed properly or is open. */
    public synchronized @Nullable Throwable failure() {
        return failure;
    }

    @Override
    public void close() {
        socket.close(1000, null);
    }
}
