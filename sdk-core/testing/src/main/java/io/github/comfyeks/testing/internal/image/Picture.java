package io.github.comfyeks.testing.internal.image;

import java.util.Arrays;

/**
 * Pixels, 8 bits a channel, as {@code 0xAARRGGBB}. Immutable: the array is never changed once the picture is made.
 */
public final class Picture {
    private final int width;
    private final int height;
    private final int[] argb;
    private final boolean alpha;

    /**
     * @param argb the pixels, by rows; not copied
     * @param alpha whether the alpha channel counts; without, a PNG of it has three channels
     */
    public Picture(int width, int height, int[] argb, boolean alpha) {
        if (width < 1 || height < 1 || argb.length != width * height) {
            throw new IllegalArgumentException("a picture of " + width + "x" + height + " needs that many pixels");
        }
        this.width = width;
        this.height = height;
        this.argb = argb;
        this.alpha = alpha;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** The pixels, by rows. Not to be changed. */
    public int[] argb() {
        return argb;
    }

    public boolean alpha() {
        return alpha;
    }

    /** One colour all over, {@code 0xRRGGBB}. */
    public static Picture filled(int width, int height, int rgb) {
        int[] pixels = new int[width * height];
        Arrays.fill(pixels, 0xff000000 | rgb);
        return new Picture(width, height, pixels, false);
    }

    public int pixel(int x, int y) {
        return argb[y * width + x];
    }

    /** Each pixel changed on its own. */
    public Picture map(PixelFunction function) {
        int[] pixels = new int[argb.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = function.apply(argb[i]);
        }
        return new Picture(width, height, pixels, alpha);
    }

    /** A part; what lies outside is left out. */
    public Picture crop(int x, int y, int cropWidth, int cropHeight) {
        int left = Math.min(x, width - 1);
        int top = Math.min(y, height - 1);
        int w = Math.min(cropWidth, width - left);
        int h = Math.min(cropHeight, height - top);
        int[] pixels = new int[w * h];
        for (int row = 0; row < h; row++) {
            System.arraycopy(argb, (top + row) * width + left, pixels, row * w, w);
        }
        return new Picture(w, h, pixels, alpha);
    }

    public Picture withoutAlpha() {
        return alpha
                ? new Picture(width, height, map(pixel -> pixel | 0xff000000).argb(), false)
                : this;
    }

    /** A change of one pixel. */
    @FunctionalInterface
    public interface PixelFunction {
        int apply(int argb);
    }
}
