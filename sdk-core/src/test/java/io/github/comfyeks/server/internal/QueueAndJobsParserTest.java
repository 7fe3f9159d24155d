package io.github.comfyeks.server.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.error.ProtocolException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueueAndJobsParserTest {
    static List<Wire.Exchange> queues() {
        return Wire.answers("GET", path -> path.equals("/queue"));
    }

    static List<Wire.Exchange> jobs() {
        return Wire.answers("GET", path -> path.startsWith("/api/jobs?"));
    }

    @ParameterizedTest
    @MethodSource("queues")
    void readsEveryRecordedQueue(Wire.Exchange answer) throws IOException {
        QueueIds ids = QueueParser.ids(new ByteArrayInputStream(answer.body()));

        assertThat(ids.running()).hasSizeLessThanOrEqualTo(1);
        if (answer.scenario().equals("queue-while-running")) {
            assertThat(ids.running()).hasSize(1);
            assertThat(ids.pending()).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void readsEveryRecordedJobsList(Wire.Exchange answer) {
        QueueIds ids = JobsParser.queue(answer.body());

        assertThat(ids.running().size() + ids.pending().size()).isLessThanOrEqualTo(3);
    }

    @Test
    void ordersWhatWaitsAsTheServerWillRunIt() throws IOException {
        String queue =
                "{\"queue_pending\": [[7, \"c\", {\"1\": {\"inputs\": {\"x\": [[]]}}}, {}, []], [-2, \"b\", {}, {}, []],"
                        + " [0.5, \"z\"], [0.5, \"y\"], null, 7, []], \"more\": {\"a\": [1]}, \"queue_running\": [[1, \"r\", {}]]}";
        String jobs = "{\"jobs\": [{\"id\": \"c\", \"status\": \"pending\", \"priority\": 7},"
                + " {\"id\": \"b\", \"status\": \"pending\", \"priority\": -2}, {\"id\": \"z\", \"status\": \"pending\", \"priority\": 0.5},"
                + " {\"id\": \"y\", \"status\": \"pending\", \"priority\": 0.5}, {\"id\": \"r\", \"status\": \"in_progress\"},"
                + " {\"id\": \"old\", \"status\": \"completed\"}, {}]}";

        QueueIds fromQueue = QueueParser.ids(new ByteArrayInputStream(utf8(queue)));
        QueueIds fromJobs = JobsParser.queue(utf8(jobs));

        assertThat(fromQueue).isEqualTo(new QueueIds(List.of("r"), List.of("b", "y", "z", "c")));
        assertThat(fromJobs).isEqualTo(fromQueue);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "", "[]", "{\"error\": \"x\"}", "{\"jobs\": ["})
    void refusesWhatIsNoJobsList(String body) {
        assertThatThrownBy(() -> JobsParser.queue(utf8(body)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("[GET /api/jobs]");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
