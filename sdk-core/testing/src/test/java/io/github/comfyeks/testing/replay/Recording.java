package io.github.comfyeks.testing.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What a real server said in one scenario. */
record Recording(String version, String scenario, JsonNode content) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** A socket was connected this long before its first frame was read. */
    private static final long GREETING_MS = 15;

    /** Something that the client did. */
    record Action(long at, Kind kind, String socket, JsonNode details) {}

    /** What it did. */
    enum Kind {
        CONNECT,
        SEND,
        REQUEST,
        CLOSE
    }

    static List<Recording> all() {
        List<Recording> recordings = new ArrayList<>();
        for (String version : List.of("0.3.64", "0.8.0", "0.33.0")) {
            try (Stream<Path> files = Files.list(folder(version))) {
                files.sorted().forEach(file -> recordings.add(read(version, file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return recordings;
    }

    static Recording of(String version, String scenario) {
        return read(version, folder(version).resolve(scenario + ".json"));
    }

    private static Path folder(String version) {
        try {
            return Path.of(Objects.requireNonNull(Recording.class.getResource("/wire/" + version))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Recording read(String version, Path file) {
        try {
            String name = file.getFileName().toString();
            return new Recording(version, name.replace(".json", ""), MAPPER.readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode exchanges() {
        return content.path("exchanges");
    }

    JsonNode history() {
        return content.path("history");
    }

    /** What one socket heard. */
    List<JsonNode> heard(String socket) {
        List<JsonNode> frames = new ArrayList<>();
        for (JsonNode frame : content.path("websocket")) {
            if (frame.path("socket").asText("").equals(socket) && (frame.has("text") || frame.has("binary_hex"))) {
                frames.add(frame);
            }
        }
        return frames;
    }

    /** Whether a socket was connected while its client's prompt ran (E3): how much it heard of that is a matter of luck. */
    boolean joinsLate(String socket) {
        List<JsonNode> frames = heard(socket);
        return frames.size() > 1
                && frames.get(1).at("/text/type").asText().equals("executing")
                && !frames.get(1).at("/text/data").has("prompt_id");
    }

    List<String> sockets() {
        List<String> names = new ArrayList<>();
        for (JsonNode frame : content.path("websocket")) {
            String name = frame.path("socket").asText("");
            if (!names.contains(name)) {
                names.add(name);
            }
        }
        return names;
    }

    /** What the client did, in order. */
    List<Action> actions() {
        List<Action> actions = new ArrayList<>();
        for (String socket : sockets()) {
            boolean open = false;
            long lastClose = Long.MIN_VALUE;
            for (JsonNode frame : content.path("websocket")) {
                if (!frame.path("socket").asText("").equals(socket)) {
                    continue;
                }
                long at = frame.path("at_ms").asLong();
                if (!open) {
                    actions.add(new Action(
                            Math.max(at - GREETING_MS, lastClose), Kind.CONNECT, socket, connection(socket, at)));
                    open = true;
                }
                if (frame.has("sent")) {
                    actions.add(new Action(at, Kind.SEND, socket, frame.path("sent")));
                }
                if (frame.has("closed")) {
                    actions.add(new Action(at, Kind.CLOSE, socket, frame.path("closed")));
                    open = false;
                    lastClose = at;
                }
            }
        }
        for (JsonNode exchange : exchanges()) {
            actions.add(new Action(exchange.path("request").path("at_ms").asLong(), Kind.REQUEST, "", exchange));
        }
        actions.sort(Comparator.comparingLong(Action::at));
        return actions;
    }

    /** The {@code status} that greeted the connection. */
    private JsonNode connection(String socket, long from) {
        for (JsonNode frame : heard(socket)) {
            if (frame.path("at_ms").asLong() >= from && frame.at("/text/data").has("sid")) {
                return frame.at("/text/data/sid");
            }
        }
        throw new IllegalStateException("no greeting on " + socket);
    }

    @Override
    public String toString() {
        return version + " " + scenario;
    }
}
