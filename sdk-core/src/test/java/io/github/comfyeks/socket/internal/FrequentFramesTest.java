package io.github.comfyeks.socket.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.error.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The short way of reading a frame says what the long way says, or nothing. */
class FrequentFramesTest {
    private static final long SEED = 20261127;
    private static final int MUTATIONS = 400_000;

    static List<String> frames() {
        return List.of(
                "{\"type\": \"status\", \"data\": {\"status\": {\"exec_info\": {\"queue_remaining\": 12}}}}",
                "{\"type\": \"progress_state\", \"data\": {\"prompt_id\": \"p-1\", \"nodes\": {\"1\": {\"value\": 1.0, \"max\":"
                        + " 20.0, \"state\": \"running\", \"node_id\": \"1\", \"prompt_id\": \"p-1\", \"display_node_id\":"
                        + " \"1\", \"parent_node_id\": null, \"real_node_id\": \"1\"}, \"5.0.1\": {\"value\": 7, \"max\": 7,"
                        + " \"state\": \"finished\", \"display_node_id\": null}}}}",
                "{\"type\": \"progress\", \"data\": {\"value\": 1, \"max\": 20, \"prompt_id\": \"p\", \"node\": \"3\"}}",
                "{\"type\": \"executing\", \"data\": {\"node\": \"4\", \"display_node\": \"5\", \"prompt_id\": \"p\"}}",
                "{\"type\": \"executing\", \"data\": {\"node\": null, \"display_node\": null, \"prompt_id\": \"p\"}}",
                "{\"type\": \"executing\", \"data\": {\"node\": null}}",
                "{\"type\": \"execution_start\", \"data\": {\"prompt_id\": \"p\", \"timestamp\": 1764236458123}}",
                "{\"type\": \"execution_cached\", \"data\": {\"nodes\": [], \"prompt_id\": \"p\", \"timestamp\": 17}}",
                "{\"type\": \"execution_cached\", \"data\": {\"nodes\": [\"1\", \"2\"], \"prompt_id\": \"p\"}}",
                "{\"type\": \"execution_success\", \"data\": {\"prompt_id\": \"p\", \"timestamp\": 1764236458123}}");
    }

    private static @Nullable Message quick(byte[] frame) {
        return FrequentFrames.read(frame, 0, frame.length);
    }

    @ParameterizedTest
    @MethodSource("frames")
    void whatTheServerSendsMostIsReadTheShortWay(String frame) {
        byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
        assertThat(quick(bytes)).isNotNull().isEqualTo(MessageDecoder.parsed(bytes, 0, bytes.length));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\": \"progress\", \"data\": {\"value\": 0.5, \"max\": 1, \"prompt_id\": \"p\", \"node\": \"3\"}}",
                "{\"type\": \"progress\", \"data\": {\"value\": 1, \"max\": 1, \"prompt_id\": \"p\", \"node\": \"\\u00e9\"}}",
                "{\"type\": \"progress\", \"data\": {\"value\": 1, \"max\": 1, \"prompt_id\": \"p\", \"node\": \"é\"}}",
                "{\"type\":\"progress\",\"data\":{\"value\":1,\"max\":1,\"prompt_id\":\"p\",\"node\":\"3\"}}",
                "{\"type\": \"progress\", \"data\": {}}",
                "{\"type\": \"status\", \"data\": {\"status\": {\"exec_info\": {\"queue_remaining\": 1}}, \"sid\": \"a\"}}",
                "{\"type\": \"executed\", \"data\": {\"node\": \"9\", \"output\": {}, \"prompt_id\": \"p\"}}"
            })
    void anythingElseIsLeftToTheParser(String frame) {
        assertThat(quick(frame.getBytes(StandardCharsets.UTF_8))).isNull();
    }

    @Test
    void ofAGarbledFrameItSaysWhatTheParserSaysOrNothing() {
        Random random = new Random(SEED);
        List<String> frames = frames();
        int read = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] frame =
                    Garble.mutated(frames.get(random.nextInt(frames.size())).getBytes(StandardCharsets.UTF_8), random);
            Message quick = quick(frame);
            if (quick != null) {
                read++;
                assertThat(parsed(frame))
                        .as(new String(frame, StandardCharsets.ISO_8859_1))
                        .isEqualTo(quick);
            }
        }
        assertThat(read).as("some survive").isGreaterThan(MUTATIONS / 20);
    }

    private static @Nullable Message parsed(byte[] frame) {
        try {
            return MessageDecoder.parsed(frame, 0, frame.length);
        } catch (ProtocolException e) {
            return null;
        }
    }
}
