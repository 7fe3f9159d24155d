package io.github.comfyeks.testing.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.comfyeks.testing.FakeComfyServer;
import io.github.comfyeks.testing.replay.Recording.Action;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** Does what the client of a recording did, against a fake server, and keeps what came back. */
final class Replay implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final OkHttpClient HTTP = new OkHttpClient();

    /** An answer of the fake server. */
    record Answer(int status, String type, ByteString body) {}

    private final Recording recording;
    private final FakeComfyServer server;
    private final Map<String, LiveSocket> sockets = new LinkedHashMap<>();
    private final Map<String, List<JsonNode>> earlier = new HashMap<>();
    private final Set<String> closed = new HashSet<>();
    private final Map<String, String> liveIds = new HashMap<>();
    private final List<Answer> answers = new ArrayList<>();

    Replay(Recording recording, FakeComfyServer server) {
        this.recording = recording;
        this.server = server;
    }

    /** The answers, in the order of the recorded exchanges. */
    List<Answer> answers() {
        return answers;
    }

    /** The bodies of the answers that are JSON objects. */
    List<JsonNode> bodies() {
        List<JsonNode> bodies = new ArrayList<>();
        for (Answer answer : answers) {
            try {
                bodies.add(MAPPER.readTree(answer.body().utf8()));
            } catch (IOException e) {
                bodies.add(MAPPER.createObjectNode());
            }
        }
        return bodies;
    }

    /** What a socket of that name heard, over all its connections. */
    List<JsonNode> heard(String name) {
        List<JsonNode> frames = new ArrayList<>(earlier.getOrDefault(name, List.of()));
        frames.addAll(socket(name).frames());
        return frames;
    }

    private LiveSocket socket(String name) {
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
                case SEND -> send(action);
                case REQUEST -> request(action.details());
                case CLOSE -> closeSocket(action);
            }
        }
        for (String name : recording.sockets()) {
            if (closed.contains(name)) {
                continue;
            }
            awaitAll(name, Long.MAX_VALUE);
        }
        server.awaitIdle(Duration.ofSeconds(5));
        awaitLastFrames();
    }

    /** Events of a prompt without client id have no end that one could wait for. */
    private void awaitLastFrames() throws InterruptedException {
        for (String name : recording.sockets()) {
            if (!closed.contains(name)) {
                int count = (int) recording.heard(name).stream()
                        .filter(Replay::isAboutARun)
                        .count();
                socket(name).await(count, Replay::isAboutARun, Duration.ofMillis(500));
            }
        }
    }

    private static boolean isAboutARun(JsonNode frame) {
        String type = frame.at("/text/type").asText();
        return type.startsWith("execut");
    }

    private void connect(Action action) throws InterruptedException {
        String recordedSid = action.details().asText();
        boolean chosen = recordedSid.contains("-");
        String clientId = chosen ? live(recordedSid) : "";
        LiveSocket socket = new LiveSocket(server.uri(), clientId);
        LiveSocket before = sockets.put(action.socket(), socket);
        if (before != null) {
            earlier.computeIfAbsent(action.socket(), name -> new ArrayList<>()).addAll(before.frames());
        }
        closed.remove(action.socket());
        if (!socket.awaitType("status")) {
            throw new IllegalStateException("no greeting");
        }
        liveIds.put(recordedSid, socket.frames().get(0).at("/text/data/sid").asText());
    }

    private void send(Action action) throws InterruptedException {
        JsonNode message = action.details();
        socket(action.socket()).send(message.isTextual() ? message.textValue() : message.toString());
        boolean answered = recording.heard(action.socket()).stream().anyMatch(Replay::isFeatureFlags);
        if (answered && heard(action.socket()).stream().noneMatch(Replay::isFeatureFlags)) {
            socket(action.socket()).awaitType("feature_flags");
        }
    }

    private static boolean isFeatureFlags(JsonNode frame) {
        return frame.at("/text/type").asText().equals("feature_flags");
    }

    private void closeSocket(Action action) throws InterruptedException {
        awaitAll(action.socket(), action.at() + 1);
        closed.add(action.socket());
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
            if (closed.contains(name)) {
                continue;
            }
            boolean interrupts = action.details().at("/request/path").asText().endsWith("/interrupt");
            awaitAll(name, interrupts ? action.at() + 1 : action.at());
        }
        if (gap >= 5) {
            server.awaitIdle(Duration.ofMillis(gap));
        }
        boolean looks = !action.details().at("/request/path").asText().equals("/prompt");
        if (looks && !server.awaitIdle(Duration.ZERO)) {
            server.awaitRunning(Duration.ofSeconds(1));
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
                frame -> frame.has("binary_hex") && !recording.joinsLate(name),
                Replay::isFirstProgress)) {
            int count = (int) recording.heard(name).stream()
                    .filter(frame -> frame.path("at_ms").asLong() < until)
                    .filter(kind)
                    .count();
            long before =
                    earlier.getOrDefault(name, List.of()).stream().filter(kind).count();
            if (!socket.await(count - (int) before, kind, Duration.ofSeconds(10))) {
                throw new AssertionError("socket " + name + " heard only " + socket.types() + " by " + until + " ms; "
                        + socket.failure());
            }
        }
    }

    private static boolean isFirstProgress(JsonNode frame) {
        return frame.at("/text/type").asText().equals("progress")
                && frame.at("/text/data/value").asInt() == 1;
    }

    private void request(JsonNode exchange) throws IOException, InterruptedException {
        JsonNode request = exchange.path("request");
        String path = translate(request.path("path").asText());
        Request.Builder builder = new Request.Builder().url(server.uri() + path);
        request.path("headers").properties().forEach(header -> {
            String value = header.getValue().asText();
            builder.header(header.getKey(), value.replaceAll(":850[1-3]$", ":" + server.port()));
        });
        String method = request.path("method").asText();
        builder.method(method, method.equals("GET") || method.equals("HEAD") ? null : body(request.get("body")));
        try (Response response = HTTP.newCall(builder.build()).execute()) {
            Answer answer = new Answer(
                    response.code(),
                    response.header("Content-Type", ""),
                    response.body().byteString());
            answers.add(answer);
            learn(exchange, answer);
        }
    }

    private RequestBody body(@Nullable JsonNode body) throws IOException {
        if (body == null) {
            return RequestBody.create(new byte[0], null);
        }
        if (body.has("multipart")) {
            return MultipartBodies.of(body.path("multipart"), answers.size());
        }
        String text = body.isTextual() ? body.textValue() : MAPPER.writeValueAsString(body);
        return RequestBody.create(translate(text).getBytes(StandardCharsets.UTF_8), null);
    }

    private String translate(String text) {
        String result = text;
        for (Map.Entry<String, String> id : liveIds.entrySet()) {
            result = result.replace(id.getKey(), id.getValue());
        }
        return result;
    }

    private void learn(JsonNode exchange, Answer response) throws IOException {
        JsonNode recorded = exchange.path("response").path("body").path("prompt_id");
        String text = response.body().utf8();
        if (recorded.isTextual() && text.startsWith("{")) {
            String id = MAPPER.readTree(text).path("prompt_id").asText();
            liveIds.put(recorded.textValue(), id);
        }
    }

    @Override
    public void close() {
        sockets.values().forEach(LiveSocket::close);
    }
}
