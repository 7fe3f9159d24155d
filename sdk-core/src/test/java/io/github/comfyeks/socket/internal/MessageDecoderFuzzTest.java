package io.github.comfyeks.socket.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.error.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A million garbled frames: each is a message or a {@link ProtocolException}, and none makes the decoder hoard memory. */
class MessageDecoderFuzzTest {
    private static final long SEED = 20261125;
    private static final int FRAMES = 500_000;

    private static final List<String> TEXTS = List.of(
            "{\"type\": \"status\", \"data\": {\"status\": {\"exec_info\": {\"queue_remaining\": 1}}, \"sid\": \"a\"}}",
            "{\"type\": \"progress_state\", \"data\": {\"prompt_id\": \"p\", \"nodes\": {\"1\": {\"value\": 1.0, \"max\": 2.0,"
                    + " \"state\": \"running\", \"node_id\": \"1\", \"display_node_id\": \"1\", \"parent_node_id\": null}}}}",
            "{\"type\": \"progress\", \"data\": {\"value\": 1, \"max\": 20, \"prompt_id\": \"p\", \"node\": \"3\"}}",
            "{\"type\": \"executing\", \"data\": {\"node\": null, \"prompt_id\": \"p\"}}",
            "{\"type\": \"executed\", \"data\": {\"node\": \"9\", \"display_node\": \"9\", \"output\": {\"images\": [{\"filename\":"
                    + " \"a.png\", \"subfolder\": \"\", \"type\": \"temp\"}]}, \"prompt_id\": \"p\"}}",
            "{\"type\": \"execution_error\", \"data\": {\"prompt_id\": \"p\", \"node_id\": \"1\", \"exception_type\": \"E\","
                    + " \"traceback\": [\"x\", 1, null], \"current_inputs\": {\"a\": [1, NaN]}}}",
            "{\"type\": \"execution_cached\", \"data\": {\"nodes\": [\"1\", 2], \"prompt_id\": \"p\"}}",
            "{\"data\": {\"hello\": [1, 2, null]}, \"type\": \"probe.custom\"}",
            "{\"type\": \"probe.scalar\", \"data\": \"just a string\"}");

    @Test
    void garbledTextFramesAreMessagesOrProtocolErrors() {
        Random random = new Random(SEED);
        int messages = 0;
        int errors = 0;
        for (int i = 0; i < FRAMES; i++) {
            byte[] frame =
                    Garble.mutated(TEXTS.get(random.nextInt(TEXTS.size())).getBytes(StandardCharsets.UTF_8), random);
            try {
                assertThat(MessageDecoder.text(frame, 0, frame.length)).isNotNull();
                messages++;
            } catch (ProtocolException e) {
                errors++;
            }
        }
        assertThat(messages).as("some survive").isGreaterThan(FRAMES / 100);
        assertThat(errors).as("some do not").isGreaterThan(FRAMES / 100);
    }

    @Test
    void garbledBinaryFramesAreMessagesOrProtocolErrors() {
        Random random = new Random(SEED + 1);
        int messages = 0;
        int errors = 0;
        for (int i = 0; i < FRAMES; i++) {
            byte[] frame = random.nextBoolean() ? noise(random) : Garble.mutated(preview(random.nextInt(5)), random);
            try {
                assertThat(MessageDecoder.binary(ByteBuffer.wrap(frame))).isNotNull();
                messages++;
            } catch (ProtocolException e) {
                errors++;
            }
        }
        assertThat(messages).isGreaterThan(FRAMES / 100);
        assertThat(errors).isGreaterThan(FRAMES / 100);
    }

    private static byte[] preview(int kind) {
        byte[] about = "{\"node_id\": \"3\", \"prompt_id\": \"p\", \"image_type\": \"image/png\"}"
                .getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + about.length + 4)
                .putInt(kind)
                .putInt(about.length)
                .put(about)
                .putInt(42)
                .array();
    }

    private static byte[] noise(Random random) {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        return bytes;
    }
}
