package io.github.comfyeks.testing.internal.http;

import io.github.comfyeks.testing.internal.image.Picture;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A WebP of one colour in the size of a picture: the JDK cannot write WebP. The smallest lossless stream: a header with the
 * size, no transforms, and five codes of one symbol each, so that no pixel needs a bit.
 */
final class StandInWebp {
    private StandInWebp() {}

    static byte[] of(Picture picture) {
        Bits bits = new Bits();
        bits.write(0x2f, 8);
        bits.write(picture.width() - 1, 14);
        bits.write(picture.height() - 1, 14);
        bits.write(picture.alpha() ? 1 : 0, 1);
        bits.write(0, 3);
        bits.write(0, 1);
        bits.write(0, 1);
        bits.write(0, 1);
        int pixel = picture.argb()[0];
        for (int value : new int[] {pixel >> 8 & 0xff, pixel >> 16 & 0xff, pixel & 0xff, pixel >>> 24, 0}) {
            bits.write(1, 1);
            bits.write(0, 1);
            bits.write(1, 1);
            bits.write(value, 8);
        }
        byte[] stream = bits.bytes();
        int padded = stream.length + (stream.length & 1);
        return ByteBuffer.allocate(20 + padded)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(12 + padded)
                .put("WEBPVP8L".getBytes(StandardCharsets.US_ASCII))
                .putInt(stream.length)
                .put(stream)
                .array();
    }

    /** Bits, the lowest first. */
    private static final class Bits {
        private final byte[] buffer = new byte[32];
        private int count;

        void write(int value, int bits) {
            for (int i = 0; i < bits; i++, count++) {
                buffer[count >> 3] |= (byte) ((value >> i & 1) << (count & 7));
            }
        }

        byte[] bytes() {
            return java.util.Arrays.copyOf(buffer, (count + 7) / 8);
        }
    }
}
