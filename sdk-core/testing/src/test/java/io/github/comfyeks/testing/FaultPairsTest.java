package io.github.comfyeks.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.testing.replay.LiveRequests;
import io.github.comfyeks.testing.replay.LiveSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each two switches work together, and clearing them with a restart leaves a sound server. */
@Timeout(120)
class FaultPairsTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static Map<String, Fault> faults() {
        Map<String, Fault> faults = new LinkedHashMap<>();
        faults.put("drop after events", f -> f.dropSocketAfterEvents(5));
        faults.put("drop every", f -> f.dropSocketsEvery(Duration.ofMillis(5)));
        faults.put("late end", f -> f.endOldHandlersLate(1));
        faults.put("cut frame", f -> f.cutFrame(6));
        faults.put("silent", Faults::goSilent);
        faults.put("silent after events", f -> f.goSilentAfterEvents(4));
        faults.put("fragments", f -> f.fragmentFrames(9));
        faults.put("oversized", f -> f.oversizedFrames(100_000));
        faults.put("duplicates", Faults::duplicateEvents);
        faults.put("reordered", Faults::reorderEvents);
        faults.put("unknown", Faults::unknownEvents);
        faults.put("die", Faults::dieBeforeHistory);
        faults.put("delayed history", f -> f.delayHistory(Duration.ofMillis(5)));
        faults.put("lost history", Faults::loseHistory);
        faults.put("502", f -> f.badGateway(0.5));
        faults.put("503", f -> f.serviceUnavailable(0.5, Duration.ofSeconds(1)));
        faults.put("401", f -> f.unauthorizedWhileBooting(1));
        faults.put("lost answer", f -> f.loseSubmissionAnswers(1));
        faults.put("slow bodies", f -> f.slowBodies(4096, Duration.ofMillis(1)));
        faults.put("cookies", Faults::affinityCookies);
        faults.put("dead worker", Faults::killWorker);
        return faults;
    }

    @Test
    void eachTwoSwitchesWorkTogetherAndEnd() throws Exception {
        List<Map.Entry<String, Fault>> all = new ArrayList<>(faults().entrySet());
        try (FakeComfyServer server = FakeComfyServer.create()) {
            for (int i = 0; i < all.size(); i++) {
                for (int j = i + 1; j < all.size(); j++) {
                    all.get(i).getValue().switchOn(server.faults());
                    all.get(j).getValue().switchOn(server.faults());
                    disturb(server, i * 100 + j);
                    server.faults().clear();
                    server.restartEmpty();
                    assertSound(
                            server, all.get(i).getKey() + " and " + all.get(j).getKey(), i * 100 + j);
                }
            }
        }
    }

    /** Uses the server, whatever comes of it. */
    private static void disturb(FakeComfyServer server, int colour) {
        LiveSocket socket = new LiveSocket(server.uri(), "disturbed");
        try {
            LiveRequests.post(server.uri(), "/prompt", Graphs.body(Graphs.saved(colour), "disturbed"));
            LiveRequests.get(server.uri(), "/queue");
        } catch (IOException expected) {
            // faults are there to be felt; what counts is that the server gets over them
        } finally {
            socket.close();
        }
    }

    private static void assertSound(FakeComfyServer server, String pair, int colour) throws Exception {
        try (LiveSocket socket = new LiveSocket(server.uri(), "sound")) {
            assertThat(socket.awaitType("status")).as(pair).isTrue();
            LiveRequests.post(server.uri(), "/prompt", Graphs.body(Graphs.saved(50_000 + colour), "sound"));
            assertThat(socket.awaitEnds(1)).as(pair).isTrue();
            assertThat(socket.types()).as(pair).contains("execution_success");
            assertThat(server.awaitIdle(LIMIT)).as(pair).isTrue();
        }
    }
}
