package io.github.comfyeks.testing.internal.image;

import java.util.Locale;

/** Writes text into pixels with a font of 3 by 5 dots: needs no fonts on the machine. */
final class Letters {
    static final int HEIGHT = 5;
    static final int ADVANCE = 4;

    private static final String CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:;-+=/()'\"!?_";

    /** For each character five rows of three dots, as octal digits from the top. */
    private static final String[] DOTS = {
        "25755", "65656", "34443", "65556", "74647", "74644", "34553", "55755", "72227", "11152", "55655", "44447",
        "57755", "65555", "25552", "65644", "25573", "65655", "34216", "72222", "55557", "55552", "55775", "55255",
        "55222", "71247", "75557", "26227", "61247", "61216", "55711", "74616", "34757", "71244", "75757", "75716",
        "00002", "00024", "02020", "02024", "00700", "02720", "07070", "11244", "24442", "21112", "22000", "55000",
        "22202", "61202", "00007"
    };

    private Letters() {}

    /** Paints a line of text; unknown characters leave a gap. What does not fit is cut off. */
    static void paint(int[] argb, int width, int height, int left, int top, int scale, String text, int colour) {
        String upper = text.toUpperCase(Locale.ROOT);
        for (int i = 0; i < upper.length(); i++) {
            int index = CHARACTERS.indexOf(upper.charAt(i));
            if (index >= 0) {
                glyph(argb, width, height, left + i * ADVANCE * scale, top, scale, DOTS[index], colour);
            }
        }
    }

    private static void glyph(
            int[] argb, int width, int height, int left, int top, int scale, String rows, int colour) {
        for (int row = 0; row < HEIGHT; row++) {
            int dots = rows.charAt(row) - '0';
            for (int column = 0; column < 3; column++) {
                if ((dots & 4 >> column) != 0) {
                    fill(argb, width, height, left + column * scale, top + row * scale, scale, colour);
                }
            }
        }
    }

    private static void fill(int[] argb, int width, int height, int left, int top, int size, int colour) {
        for (int y = Math.max(0, top); y < Math.min(height, top + size); y++) {
            for (int x = Math.max(0, left); x < Math.min(width, left + size); x++) {
                argb[y * width + x] = colour;
            }
        }
    }
}
