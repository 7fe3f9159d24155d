package io.github.comfyeks.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.comfyeks.testing.replay.LiveRequests;
import io.github.comfyeks.testing.replay.LiveSocket;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each switch does what it says, and stops when it is switched off. */
@ExtendWith(FakeComfyExtension.class)
@Timeout(30)
class FaultsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String CLIENT = "3f0c3a52-0000-4000-8000-000000000001";

    private static LiveSocket connect(FakeComfyServer server) throws InterruptedException {
        LiveSocket socket = new LiveSocket(server.uri(), CLIENT);
        assertThat(socket.awaitType("status")).isTrue();
        return socket;
    }

    private static String submit(FakeComfyServer server, String graph) throws IOException {
        String answer = LiveRequests.post(server.uri(), "/prompt", Graphs.body(graph, CLIENT));
        return MAPPER.readTree(answer).path("prompt_id").asText();
    }

    private static JsonNode history(FakeComfyServer server, String promptId) throws IOException {
        return MAPPER.readTree(LiveRequests.get(server.uri(), "/history/" + promptId))
                .path(promptId);
    }

    @Test
    void cutsASocketAfterSoManyEvents(FakeComfyServer server) throws Exception {
        server.faults().dropSocketAfterEvents(4);
        try (LiveSocket socket = connect(server)) {
            submit(server, Graphs.saved(1));
            assertThat(socket.awaitEnd()).isTrue();
            assertThat(socket.failure()).isInstanceOf(IOException.class);
            assertThat(socket.types()).hasSize(4);
        }
    }

    @Test
    void cutsAllSocketsAgainAndAgain(FakeComfyServer server) throws Exception {
        server.faults().dropSocketsEvery(Duration.ofMillis(50));
        for (int i = 0; i < 2; i++) {
            try (LiveSocket socket = connect(server)) {
                assertThat(socket.awaitEnd()).isTrue();
            }
        }
    }

    @Test
    void silencesASocketThatTookOverWhenTheOldHandlerEndsLate(FakeComfyServer server) throws Exception {
        server.faults().endOldHandlersLate(1);
        LiveSocket first = connect(server);
        first.close();
        assertThat(server.awaitOpenSockets(0, LIMIT)).isTrue();
        try (LiveSocket second = connect(server)) {
            submit(server, Graphs.saved(2));
            assertThat(server.awaitIdle(LIMIT)).isTrue();
            try (LiveSocket third = connect(server)) {
                submit(server, Graphs.saved(3));
                assertThat(third.awaitEnds(1)).isTrue();
            }
            assertThat(second.types()).containsExactly("status");
        }
    }

    @Test
    void cutsAFrameInTheMiddle(FakeComfyServer server) throws Exception {
        server.faults().cutFrame(3);
        try (LiveSocket socket = connect(server)) {
            submit(server, Graphs.saved(4));
            assertThat(socket.awaitEnd()).isTrue();
            assertThat(socket.types()).hasSize(2);
            assertThat(socket.failure()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void goesSilentWhileTheSocketStaysOpen(FakeComfyServer server) throws Exception {
        try (LiveSocket socket = connect(server)) {
            server.faults().goSilent();
            String id = submit(server, Graphs.saved(5));
            assertThat(server.awaitIdle(LIMIT)).isTrue();
            assertThat(history(server, id).at("/status/completed").asBoolean()).isTrue();
            assertThat(socket.types()).containsExactly("status");
            server.faults().clear();
            submit(server, Graphs.saved(6));
            assertThat(socket.awaitEnds(1)).isTrue();
        }
    }

    @Test
    void goesSilentAfterSoManyEvents(FakeComfyServer server) throws Exception {
        server.faults().goSilentAfterEvents(3);
        try (LiveSocket socket = connect(server)) {
            submit(server, Graphs.saved(7));
            assertThat(server.awaitIdle(LIMIT)).isTrue();
            assertThat(socket.await(3, frame -> true, LIMIT)).isTrue();
            assertThat(server.openSockets()).isEqualTo(1);
            assertThat(socket.types()).hasSize(3);
        }
    }

    @Test
    void splitsMessagesIntoFragments(FakeComfyServer server) throws Exception {
        server.faults().fragmentFrames(7);
        try (LiveSocket socket = connect(server)) {
            submit(server, Graphs.saved(8));
            assertThat(socket.awaitEnds(1)).isTrue();
            assertThat(socket.types()).contains("execution_start", "executed", "execution_success");
        }
    }

    @Test
    void sendsOversizedMessages(FakeComfyServer server) throws Exception {
        server.faults().oversizedFrames(5 << 20);
        try (LiveSocket socket = connect(server)) {
            submit(server, Graphs.saved(9));
            assertThat(socket.awaitEnds(1)).isTrue();
            assertThat(socket.frames())
                    .anyMatch(frame -> frame.at("/text/data").asText().length() == 5 << 20);
        }
    }

    @Test
    void sendsEventsTwice(FakeComfyServer server) throws Exception {
        server.faults().duplicateEvents();
        try (LiveSocket socket = connect(server)) {
            submit(server, Graphs.saved(10));
            assertThat(socket.awaitEnds(2)).isTrue();
            assertThat(socket.types().stream().filter("execution_success"::equals))
                    .hasSize(2);
        }
    }

    @Test
    void swapsNeighbouringEvents(FakeComfyServer server) throws Exception {
        try (LiveSocket socket = connect(server)) {
            server.faults().reorderEvents();
            submit(server, Graphs.saved(11));
            assertThat(socket.awaitEnds(1)).isTrue();
            assertThat(socket.awaitType("execution_success")).isTrue();
            List<String> types = socket.types();
            assertThat(types.indexOf("execution_cached")).isLessThan(types.indexOf("execution_start"));
        }
    }

    @Test
    void sendsEventsThatNobodyKnows(FakeComfyServer server) throws Exception {
        server.faults().unknownEvents();
        try (LiveSocket socket = connect(server)) {
            submit(server, Graphs.saved(12));
            assertThat(socket.awaitEnds(1)).isTrue();
            assertThat(socket.types()).contains("fake.unknown", "binary", "execution_success");
        }
    }

    @Test
    void diesBeforeTheHistoryEntryAndComesBackEmpty(FakeComfyServer server) throws Exception {
        server.faults().dieBeforeHistory();
        try (LiveSocket socket = connect(server)) {
            String id = submit(server, Graphs.saved(13));
            assertThat(socket.awaitEnd()).isTrue();
            assertThat(socket.types()).contains("execution_success");
            assertThat(socket.frames()).noneMatch(LiveSocket::isEnd);
            String next = submit(server, Graphs.saved(14));
            assertThat(server.awaitIdle(LIMIT)).isTrue();
            assertThat(history(server, id).isMissingNode()).isTrue();
            assertThat(server.run(id).orElseThrow().ended()).isEqualTo(1);
            assertThat(next).isNotEqualTo(id);
        }
    }

    @Test
    void delaysTheHistoryEntry(FakeComfyServer server) throws Exception {
        server.faults().delayHistory(Duration.ofHours(1));
        try (LiveSocket socket = connect(server)) {
            String id = submit(server, Graphs.saved(15));
            assertThat(socket.awaitEnds(1)).isTrue();
            assertThat(history(server, id).isMissingNode()).isTrue();
        }
    }

    @Test
    void losesTheHistoryEntry(FakeComfyServer server) throws Exception {
        server.faults().loseHistory();
        String lost = submit(server, Graphs.saved(16));
        assertThat(server.awaitIdle(LIMIT)).isTrue();
        server.faults().clear();
        String kept = submit(server, Graphs.saved(17));
        assertThat(server.awaitIdle(LIMIT)).isTrue();
        assertThat(history(server, lost).isMissingNode()).isTrue();
        assertThat(history(server, kept).isMissingNode()).isFalse();
    }

    @Test
    void answersAShareOfRequestsWithBadGateway(FakeComfyServer server) throws Exception {
        server.faults().badGateway(0.5);
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            statuses.add(LiveRequests.status(server.uri(), "/queue"));
        }
        assertThat(statuses).containsOnly(200, 502).contains(200, 502);
    }

    @Test
    void answersExactlySoManyRequestsWithBadGatewayInHtml(FakeComfyServer server) throws Exception {
        server.faults().badGatewayTimes(2);
        assertThat(LiveRequests.get(server.uri(), "/queue")).contains("<h1>502 Bad Gateway</h1>");
        assertThat(LiveRequests.status(server.uri(), "/queue")).isEqualTo(502);
        assertThat(LiveRequests.status(server.uri(), "/queue")).isEqualTo(200);
    }

    @Test
    void asksToComeBackLater(FakeComfyServer server) throws Exception {
        server.faults().serviceUnavailableTimes(1, Duration.ofSeconds(7));
        try (Response response = new OkHttpClient()
                .newBuilder()
                .retryOnConnectionFailure(false)
                .build()
                .newCall(new Request.Builder().url(server.uri() + "/prompt").build())
                .execute()) {
            assertThat(response.code()).isEqualTo(503);
            assertThat(response.header("Retry-After")).isEqualTo("7");
        }
    }

    @Test
    void refusesEverybodyWhileBooting(FakeComfyServer server) throws Exception {
        server.faults().unauthorizedWhileBooting(2);
        assertThat(LiveRequests.status(server.uri(), "/system_stats")).isEqualTo(401);
        assertThat(LiveRequests.status(server.uri(), "/system_stats")).isEqualTo(401);
        assertThat(LiveRequests.status(server.uri(), "/system_stats")).isEqualTo(200);
    }

    @Test
    void queuesButLosesTheAnswer(FakeComfyServer server) throws Exception {
        server.faults().loseSubmissionAnswers(1);
        assertThatThrownBy(() -> submit(server, Graphs.saved(18))).isInstanceOf(IOException.class);
        assertThat(server.awaitIdle(LIMIT)).isTrue();
        assertThat(server.submissions()).hasSize(1);
        assertThat(server.runs()).singleElement().extracting(RunCount::ended).isEqualTo(1);
    }

    @Test
    void writesBodiesSlowly(FakeComfyServer server) throws Exception {
        server.faults().slowBodies(64, Duration.ofMillis(20));
        long start = System.nanoTime();
        String stats = LiveRequests.get(server.uri(), "/system_stats");
        assertThat(stats).contains("fake (simulated)");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(60));
    }

    @Test
    void sendsWhoeverHasNoCookieToTheWrongPod(FakeComfyServer server) throws Exception {
        server.faults().affinityCookies();
        OkHttpClient client = new OkHttpClient();
        List<String> cookies;
        try (Response first = client.newCall(
                        new Request.Builder().url(server.uri() + "/prompt").build())
                .execute()) {
            cookies = first.headers("Set-Cookie");
        }
        assertThat(cookies)
                .hasSize(2)
                .anyMatch(cookie -> cookie.startsWith("AWSALB="))
                .anyMatch(cookie -> cookie.startsWith("AWSALBCORS="));
        String wrong = submit(server, Graphs.saved(19));
        assertThat(server.awaitIdle(LIMIT)).isTrue();
        Request right = new Request.Builder()
                .url(server.uri() + "/history/" + wrong)
                .header("Cookie", cookies.get(0).split(";", 2)[0])
                .build();
        try (Response response = client.newCall(right).execute()) {
            assertThat(response.body().string()).isEqualTo("{}");
            assertThat(response.headers("Set-Cookie")).doesNotContainAnyElementsOf(cookies);
        }
    }

    @Test
    void answersEverythingAndRunsNothingWithADeadWorker(FakeComfyServer server) throws Exception {
        server.faults().killWorker();
        submit(server, Graphs.saved(20));
        JsonNode queue = MAPPER.readTree(LiveRequests.get(server.uri(), "/queue"));
        assertThat(queue.path("queue_pending")).hasSize(1);
        assertThat(queue.path("queue_running")).isEmpty();
        assertThat(server.awaitIdle(Duration.ofMillis(50))).isFalse();
        server.restartEmpty();
        submit(server, Graphs.saved(21));
        assertThat(server.awaitIdle(LIMIT)).isTrue();
    }

    @Test
    void forgetsRunsAndCountsFromZeroAfterARestart(FakeComfyServer server) throws Exception {
        server.pause();
        submit(server, Graphs.saved(22));
        try (LiveSocket socket = connect(server)) {
            server.restartEmpty();
            assertThat(socket.awaitEnd()).isTrue();
        }
        server.resume();
        String answer = LiveRequests.post(server.uri(), "/prompt", Graphs.body(Graphs.saved(23), CLIENT));
        assertThat(MAPPER.readTree(answer).path("number").asInt()).isZero();
    }

    @Test
    void refusesConnectionsWhileItIsDown(FakeComfyServer server) throws Exception {
        server.restartEmpty(Duration.ofHours(1));
        assertThatThrownBy(() -> LiveRequests.get(server.uri(), "/queue")).isInstanceOf(ConnectException.class);
    }

    @Test
    void comesBackAfterItsDowntime(FakeComfyServer server) throws Exception {
        server.restartEmpty(Duration.ofMillis(50));
        assertThat(server.awaitListening(LIMIT)).isTrue();
        assertThat(LiveRequests.status(server.uri(), "/queue")).isEqualTo(200);
    }

    @Test
    void combinesFaults(FakeComfyServer server) throws Exception {
        server.faults()
                .duplicateEvents()
                .fragmentFrames(20)
                .unknownEvents()
                .badGatewayTimes(1)
                .delayHistory(Duration.ofMillis(1));
        assertThat(LiveRequests.status(server.uri(), "/queue")).isEqualTo(502);
        try (LiveSocket socket = connect(server)) {
            submit(server, Graphs.saved(24));
            assertThat(socket.awaitEnds(2)).isTrue();
            assertThat(socket.types()).contains("fake.unknown");
        }
    }

    @Test
    void switchesFaultsOnFromTheStart() throws Exception {
        try (FakeComfyServer server = FakeComfyServer.builder()
                .fault(faults -> faults.badGatewayTimes(1))
                .build()) {
            assertThat(LiveRequests.status(server.uri(), "/queue")).isEqualTo(502);
        }
    }
}
