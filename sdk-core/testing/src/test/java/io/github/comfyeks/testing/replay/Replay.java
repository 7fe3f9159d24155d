package io.github.comfyeks.testing.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.comfyeks.testing.FakeComfyServer;
import io.github.comfyeks.testing.replay.Recording.Action;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Does what the client of a recording did, against a fake server, and keeps what came back. */
final class Replay implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Recording recording;
    private final FakeComfyServer server;
    private final Map<String, LiveSocket> sockets = new LinkedHashMap<>();
    private final Map<String, String> liveIds = new HashMap<>();
    private final List<HttpResponse<byte[]>> answers = new ArrayList<>();
    private final List<String> promptIds = new ArrayList<>();

    Replay(Recording recording, FakeComfyServer server) {
        this.recording = recording;
        this.server = server;
    }

    /** The answers, in the order of the recorded exchanges. */
    List<HttpResponse<byte[]>> answers() {
        return answers;
    }

    LiveSocket socket(String name) {
        LiveSocket socket = sockets.get(name);
        if (socket == null) {
            throw new IllegalArgumentException("no socket " + name);
        }
        return socket;
    }

    /** The live id for a recorded one. */
    String live(String recordedId) {
        return liveIds.getOrDefault(recordedId, recordedId);
    }

    Map<String, String> liveIds() {
        return liveIds;
    }

    void run() throws IOException, InterruptedException {
        long before = 0;
        for (Action action : recording.actions()) {
            catchUp(action, action.at() - before);
            before = action.at();
            switch (action.kind()) {
                case CONNECT -> connect(action);
                case SEND -> {
                    JsonNode message = action.details();
                    socket(action.socket()).send(message.isTextual() ? message.textValue() : message.toString());
                }
                case REQUEST -> request(action.details());
                case CLOSE -> closeSocket(action);
            }
        }
        for (String name : recording.sockets()) {
            awaitAll(name, Long.MAX_VALUE);
        }
        server.awaitIdle(Duration.ofSeconds(5));
    }

    private void connect(Action action) throws InterruptedException {
        String recordedSid = action.details().asText();
        boolean chosen = recordedSid.contains("-");
        String clientId = chosen ? live(recordedSid) : "";
        LiveSocket socket = new LiveSocket(server.uri(), clientId);
        sockets.put(action.socket(), socket);
        if (!socket.awaitType("status")) {
            throw new IllegalStateException("no greeting");
        }
        liveIds.put(recordedSid, socket.frames().get(0).at("/text/data/sid").asText());
    }

    private void closeSocket(Action action) throws InterruptedException {
        awaitAll(action.socket(), action.at());
        if (!action.details().isNull()) {
            server.restartEmpty();
            socket(action.socket()).awaitEnd();
            return;
        }
        int open = server.openSockets();
        socket(action.socket()).close();
        server.awaitOpenSockets(open - 1, Duration.ofSeconds(5));
    }

    /** Waits for what the recorded client had heard by then; where it heard nothing, for the runs, as long as it waited. */
    private void catchUp(Action action, long gap) throws InterruptedException {
        for (String name : sockets.keySet()) {
            awaitAll(name, action.at());
        }
        if (gap >= 5) {
            server.awaitIdle(Duration.ofMillis(gap));
        }
    }

    private void awaitAll(String name, long until) throws InterruptedException {
        LiveSocket socket = sockets.get(name);
        if (socket == null) {
            return;
        }
        for (Predicate<JsonNode> kind : List.<Predicate<JsonNode>>of(
                LiveSocket::isEnd,
                frame -> frame.at("/text/type").asText().equals("execution_start"),
                frame -> frame.at("/text/type").asText().equals("executing"),
                frame -> frame.has("binary_hex"),
                Replay::isFirstProgress)) {
            int count = (int) recording.heard(name).stream()
                    .filter(frame -> frame.path("at_ms").asLong() < until)
                    .filter(kind)
                    .count();
            socket.await(count, kind, Duration.ofSeconds(5));
        }
    }

    private static boolean isFirstProgress(JsonNode frame) {
        return frame.at("/text/type").asText().equals("progress")
                && frame.at("/text/data/value").asInt() == 1;
    }

    private void request(JsonNode exchange) throws IOException, InterruptedException {
        JsonNode request = exchange.path("request");
        String path = translate(request.path("path").asText());
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(server.uri() + path));
        request.path("headers").properties().forEach(header -> {
            if (!header.getKey().equals("Host")) {
                builder.header(header.getKey(), header.getValue().asText());
            }
        });
        builder.method(request.path("method").asText(), body(builder, request.get("body")));
        HttpResponse<byte[]> response = HTTP.send(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
        answers.add(response);
        learn(exchange, response);
    }

    private HttpRequest.BodyPublisher body(
            HttpRequest.Builder builder, @org.jspecify.annotations.Nullable JsonNode body) throws IOException {
        if (body == null) {
            return HttpRequest.BodyPublishers.noBody();
        }
        if (body.has("multipart")) {
            return MultipartBodies.publisher(builder, body.path("multipart"), answers.size());
        }
        String text = body.isTextual() ? body.textValue() : MAPPER.writeValueAsString(body);
        return HttpRequest.BodyPublishers.ofString(translate(text));
    }

    private String translate(String text) {
        String result = text;
        for (Map.Entry<String, String> id : liveIds.entrySet()) {
            result = result.replace(id.getKey(), id.getValue());
        }
        return result;
    }

    private void learn(JsonNode exchange, HttpResponse<byte[]> response) throws IOException {
        JsonNode recorded = exchange.path("response").path("body").path("prompt_id");
        String text = new String(response.body(), StandardCharsets.UTF_8);
        if (recorded.isTextual() && text.startsWith("{")) {
            String id = MAPPER.readTree(text).path("prompt_id").asText();
            liveIds.put(recorded.textValue(), id);
            promptIds.add(id);
        }
    }

    @Override
    public void close() {
        sockets.values().forEach(LiveSocket::close);
    }
}
