package io.github.comfyeks.socket.internal;

import java.util.Random;

/** Spoils frames as bad lines and bad servers do. */
final class Garble {
    private Garble() {}

    /** A copy with up to three random changes. */
    static byte[] mutated(byte[] original, Random random) {
        byte[] bytes = original.clone();
        for (int n = random.nextInt(4); n > 0 && bytes.length > 0; n--) {
            switch (random.nextInt(4)) {
                case 0 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                case 1 -> bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
                case 2 -> bytes[random.nextInt(bytes.length)] = (byte) "{}[]\",:0".charAt(random.nextInt(8));
                default -> {
                    int from = random.nextInt(bytes.length);
                    int length = random.nextInt(bytes.length - from);
                    System.arraycopy(original, 0, bytes, from, Math.min(length, original.length));
                }
            }
        }
        return bytes;
    }
}
