package io.github.comfyeks.testing.internal.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What stands in for a picture that a model would have painted: a colour gradient from seed and prompt, and in letters the
 * word SIMULATED, the seed, the size and the prompt. The same request always gives the same pixels.
 */
public final class SimulatedPicture {
    private static final int WHITE = 0xffffffff;
    private static final int SHADE = 0xff202020;

    private SimulatedPicture() {}

    /** Paints it. */
    public static Picture paint(int width, int height, String seed, String prompt) {
        Random random = new Random(31L * seed.hashCode() + prompt.hashCode());
        int from = 0xff000000 | random.nextInt(0x1000000);
        int to = 0xff000000 | random.nextInt(0x1000000);
        int[] pixels = new int[width * height];
        for (int y = 0; y < height; y++) {
            int row = Scaling.mix(from, to, height == 1 ? 0 : (double) y / (height - 1));
            java.util.Arrays.fill(pixels, y * width, (y + 1) * width, row);
        }
        int scale = Math.max(1, Math.min(width / 128, height / 48));
        int line = (Letters.HEIGHT + 2) * scale;
        int top = 2 * scale;
        for (String text : lines(width / (Letters.ADVANCE * scale), width, height, seed, prompt)) {
            Letters.paint(pixels, width, height, 2 * scale + scale, top + scale, scale, text, SHADE);
            Letters.paint(pixels, width, height, 2 * scale, top, scale, text, WHITE);
            top += line;
        }
        return new Picture(width, height, pixels, false);
    }

    private static List<String> lines(int columns, int width, int height, String seed, String prompt) {
        List<String> lines = new ArrayList<>(List.of("SIMULATED", "seed " + seed, width + " x " + height));
        int room = Math.max(1, columns - 1);
        for (int i = 0; i < prompt.length() && lines.size() < 12; i += room) {
            lines.add(prompt.substring(i, Math.min(prompt.length(), i + room)));
        }
        return lines;
    }
}
