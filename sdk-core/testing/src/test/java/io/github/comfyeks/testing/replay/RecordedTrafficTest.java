package io.github.comfyeks.testing.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.comfyeks.testing.FakeComfyServer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real servers of three versions said, the fake one says too. */
class RecordedTrafficTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Scenarios that are not compared here, and why. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "view-variants", "needs files that the recording does not hold: ViewTest",
            "models", "lists folders and files of the recorded machine: RoutesTest",
            "system-stats", "describes the recorded machine: RoutesTest",
            "0.3.64 interrupt-arrives-too-late", "the recorded interrupt came before the first node had started");

    /** Scenarios that rely on what ran right before. */
    private static final Map<String, String> PREPARED_BY =
            Map.of("validation-step-ignored", "validation-float-for-int");

    /** Exchanges whose answer is about earlier scenarios, or about which of two jobs of the same millisecond comes first. */
    private static final Set<String> NOT_COMPARED = Set.of("jobs-api #0", "jobs-api #15", "jobs-api #16");

    private static final Pattern NUMBERED_FILE = Pattern.compile("run_([0-9]{5})_\\.png");

    static List<Recording> recordings() {
        return Recording.all().stream()
                .filter(recording ->
                        !ELSEWHERE.containsKey(recording.scenario()) && !ELSEWHERE.containsKey(recording.toString()))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recordings")
    void saysWhatTheRealServerSaid(Recording recording) throws Exception {
        try (FakeComfyServer server = FakeComfyServer.builder()
                        .version(recording.version())
                        .checkpoints()
                        .build();
                Replay replay = new Replay(recording, server)) {
            prepare(recording, server);
            replay.run();
            Comparison comparison = new Comparison(recording, replay);
            comparison.answers();
            comparison.sockets();
            comparison.history(server.uri());
        }
    }

    private static boolean startsAtZero(Recording recording) {
        JsonNode first =
                recording.exchanges().path(0).path("response").path("body").path("number");
        return first.isIntegralNumber() && first.asInt() == 0;
    }

    /** Brings about what the recorded server had seen before. */
    private static void prepare(Recording recording, FakeComfyServer server) throws Exception {
        String earlier = PREPARED_BY.get(recording.scenario());
        if (earlier != null) {
            try (Replay replay = new Replay(Recording.of(recording.version(), earlier), server)) {
                replay.run();
            }
        }
        for (int i = 0; i < 3 && !startsAtZero(recording); i++) {
            LiveRequests.post(server.uri(), "/prompt", "{}");
        }
        Matcher matcher = NUMBERED_FILE.matcher(recording.content().toString());
        if (matcher.find()) {
            int number = Integer.parseInt(matcher.group(1));
            server.writeFile("output", String.format("probe/run_%05d_.png", number - 1), new byte[0]);
        }
    }

    /** Compares what was recorded with what came back. */
    private static final class Comparison {
        private static final Set<String> RANDOM_ORDER = Set.of("status");

        private final Recording recording;
        private final Replay replay;
        private final Normal expected;
        private final Normal actual;

        Comparison(Recording recording, Replay replay) {
            this.recording = recording;
            this.replay = replay;
            this.expected = new Normal(firstNumber(recordedBodies()));
            this.actual = new Normal(firstNumber(replay.bodies()));
            int index = 0;
            for (Map.Entry<String, String> id : new java.util.TreeMap<>(replay.liveIds()).entrySet()) {
                String name = "id-" + index++;
                expected.know(id.getKey(), name);
                actual.know(id.getValue(), name);
            }
        }

        private List<JsonNode> recordedBodies() {
            List<JsonNode> bodies = new ArrayList<>();
            recording
                    .exchanges()
                    .forEach(exchange -> bodies.add(exchange.path("response").path("body")));
            return bodies;
        }

        private static long firstNumber(List<JsonNode> bodies) {
            for (JsonNode body : bodies) {
                if (body.path("number").isIntegralNumber()) {
                    return Math.abs(body.path("number").longValue());
                }
            }
            return Long.MAX_VALUE;
        }

        void answers() throws IOException {
            for (int i = 0; i < recording.exchanges().size(); i++) {
                JsonNode request = recording.exchanges().get(i).path("request");
                JsonNode response = recording.exchanges().get(i).path("response");
                Replay.Answer live = replay.answers().get(i);
                String where = request.path("method").asText() + " "
                        + request.path("path").asText() + " #" + i;
                assertThat(live.status())
                        .as(where)
                        .isEqualTo(response.path("status").asInt());
                String type = response.path("headers").path("content-type").asText("");
                assertThat(live.type()).as(where).isEqualTo(type);
                if (NOT_COMPARED.contains(recording.scenario() + " #" + i)) {
                    continue;
                }
                compareBody(where, response.path("body"), live.body().toByteArray());
            }
        }

        private void compareBody(String where, JsonNode recorded, byte[] live) throws IOException {
            if (recorded.has("binary_hex")) {
                assertThat(live).as(where).isNotEmpty();
            } else if (recorded.isContainerNode()) {
                assertThat(actual.of(MAPPER.readTree(live))).as(where).isEqualTo(expected.of(recorded));
            } else if (recorded.isTextual() && live.length > 0 && live[0] == '"') {
                assertThat(MAPPER.readTree(live)).as(where).isEqualTo(recorded);
            } else {
                assertThat(new String(live, java.nio.charset.StandardCharsets.UTF_8))
                        .as(where)
                        .isEqualTo(recorded.isNull() ? "" : recorded.asText());
            }
        }

        void sockets() {
            for (String name : recording.sockets()) {
                boolean pictures = !recording.joinsLate(name);
                List<String> recorded = frames(recording.heard(name), expected, pictures);
                List<String> live = frames(replay.heard(name), actual, pictures);
                if (endsInTheMiddle(name)) {
                    int common = Math.min(live.size(), recorded.size());
                    assertThat(common).as("socket " + name).isGreaterThanOrEqualTo(recorded.size() - 3);
                    assertThat(live.subList(0, common)).as("socket " + name).isEqualTo(recorded.subList(0, common));
                } else if (hasSeveralOutputs()) {
                    assertThat(live).as("socket " + name).containsExactlyInAnyOrderElementsOf(recorded);
                } else {
                    assertThat(live).as("socket " + name).containsExactlyElementsOf(recorded);
                }
            }
        }

        /** Where a line is cut during a run, how much got through is a matter of luck. */
        private boolean endsInTheMiddle(String name) {
            List<JsonNode> heard = recording.heard(name);
            boolean ran = heard.stream()
                    .anyMatch(frame -> frame.at("/text/type").asText().equals("execution_start"));
            return ran && heard.stream().noneMatch(LiveSocket::isEnd);
        }

        /** Outputs are run in the order of a Python set. */
        private boolean hasSeveralOutputs() {
            for (JsonNode entry : recording.history()) {
                if (entry.path("prompt").path(4).size() > 1) {
                    return true;
                }
            }
            return false;
        }

        private List<String> frames(List<JsonNode> heard, Normal normal, boolean pictures) {
            List<String> frames = new ArrayList<>();
            for (JsonNode frame : heard) {
                if (frame.has("binary_hex")) {
                    if (pictures) {
                        frames.add(binary(frame));
                    }
                } else if (isCompared(frame.path("text"))) {
                    frames.add(normal.of(simplified(frame.path("text"))));
                }
            }
            return frames;
        }

        /** Type and format of a picture, the start of its metadata; a text as a whole. */
        private static String binary(JsonNode frame) {
            String hex = frame.path("binary_hex").asText();
            int type = Integer.parseInt(hex.substring(0, 8), 16);
            return "binary " + (type == 3 ? hex : hex.substring(0, type == 4 ? 40 : 16));
        }

        /** How many prompts wait depends on the clock, and so do the steps that 0.33.0 leaves out. */
        private boolean isCompared(JsonNode event) {
            String type = event.path("type").asText();
            JsonNode data = event.path("data");
            if (type.equals("status")) {
                return data.has("sid");
            }
            if (type.equals("progress")) {
                return data.path("value").asInt() == data.path("max").asInt();
            }
            if (type.equals("progress_state")) {
                for (JsonNode node : data.path("nodes")) {
                    JsonNode value = node.path("value");
                    if (value.isIntegralNumber()
                            && value.asInt() > 0
                            && value.asInt() < node.path("max").asInt()) {
                        return false;
                    }
                }
                return !hasSeveralOutputs();
            }
            return !RANDOM_ORDER.contains(type);
        }

        private JsonNode simplified(JsonNode event) {
            if (!event.path("data").has("current_inputs") && !event.path("data").has("sid")) {
                return event;
            }
            ObjectNode copy = event.deepCopy();
            if (copy.path("data") instanceof ObjectNode data) {
                data.remove("current_outputs");
                data.remove("status");
                if (hasSeveralOutputs()) {
                    data.remove("executed");
                }
            }
            return copy;
        }

        void history(URI server) throws IOException {
            if (recording.scenario().equals("duplicate-prompt-id")) {
                return; // was taken between the two runs of the same id
            }
            for (Map.Entry<String, JsonNode> entry : recording.history().properties()) {
                String id = replay.live(entry.getKey());
                JsonNode live = MAPPER.readTree(LiveRequests.get(server, "/history/" + id))
                        .path(id);
                assertThat(actual.of(withoutOrder(live)))
                        .as("history " + entry.getKey())
                        .isEqualTo(expected.of(withoutOrder(entry.getValue())));
            }
        }

        /** Without what depends on the order of a set when a run fails. */
        private JsonNode withoutOrder(JsonNode entry) {
            ObjectNode copy = entry.isObject() ? entry.deepCopy() : JsonNodeFactory.instance.objectNode();
            for (JsonNode message : copy.path("status").path("messages")) {
                if (message.path(1) instanceof ObjectNode data) {
                    data.remove("current_outputs");
                    if (hasSeveralOutputs()) {
                        data.remove("executed");
                    }
                }
            }
            return copy;
        }
    }
}
