package io.github.comfyeks.socket.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.framing.Framedata;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteDraftTest {
    private static final class Deaf implements EventSocket.Listener {
        @Override
        public void onCookies(List<String> setCookie) {}

        @Override
        public void onOpen() {}

        @Override
        public void onText(byte[] bytes, int offset, int length) {}

        @Override
        public void onBinary(ByteBuffer bytes) {}

        @Override
        public void onClosed(String reason) {}
    }

    /** The library reads into one buffer again and again, cut wherever the network cuts. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void framesSurviveAnyCutOfTheStream(long seed) throws InvalidDataException {
        Random random = new Random(seed);
        List<byte[]> payloads = new ArrayList<>();
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        for (int i = 0; i < 300; i++) {
            int size = random.nextInt(5) == 0 ? random.nextInt(90_000) : random.nextInt(400);
            boolean text = random.nextInt(3) > 0;
            byte[] payload = payload(random, size, text);
            payloads.add(payload);
            writeFrame(wire, text ? 0x81 : 0x82, payload);
        }
        byte[] stream = wire.toByteArray();
        byte[] buffer = new byte[65_536];
        ByteDraft draft = new ByteDraft(new Deaf());
        List<byte[]> heard = new ArrayList<>();
        for (int at = 0; at < stream.length; ) {
            int length = Math.min(1 + random.nextInt(random.nextInt(3) == 0 ? 20 : buffer.length), stream.length - at);
            System.arraycopy(stream, at, buffer, 0, length);
            at += length;
            for (Framedata frame : draft.translateFrame(ByteBuffer.wrap(buffer, 0, length))) {
                byte[] payload = new byte[frame.getPayloadData().remaining()];
                frame.getPayloadData().duplicate().get(payload);
                heard.add(payload);
            }
        }

        assertThat(heard).hasSameSizeAs(payloads);
        for (int i = 0; i < payloads.size(); i++) {
            assertThat(heard.get(i)).as("frame %s", i).isEqualTo(payloads.get(i));
        }
    }

    private static byte[] payload(Random random, int size, boolean text) {
        byte[] payload = new byte[size];
        random.nextBytes(payload);
        if (text) {
            for (int i = 0; i < size; i++) {
                payload[i] = (byte) ('a' + (payload[i] & 15));
            }
            return new String(payload, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
        }
        return payload;
    }

    private static void writeFrame(ByteArrayOutputStream wire, int head, byte[] payload) {
        wire.write(head);
        if (payload.length < 126) {
            wire.write(payload.length);
        } else if (payload.length < 65_536) {
            wire.write(126);
            wire.write(payload.length >> 8);
            wire.write(payload.length);
        } else {
            wire.write(127);
            wire.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        wire.writeBytes(payload);
    }
}
