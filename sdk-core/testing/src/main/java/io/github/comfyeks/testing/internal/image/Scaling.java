package io.github.comfyeks.testing.internal.image;

/** Changes the size of a picture, by nearest pixel or by linear interpolation (which stands in for all smooth methods). */
public final class Scaling {
    private Scaling() {}

    /** The picture at another size; {@code nearest-exact} keeps colours, every other method mixes them. */
    public static Picture scale(Picture picture, int width, int height, String method) {
        if (width == picture.width() && height == picture.height()) {
            return picture;
        }
        return method.startsWith("nearest") ? nearest(picture, width, height) : linear(picture, width, height);
    }

    private static Picture nearest(Picture picture, int width, int height) {
        int[] pixels = new int[width * height];
        for (int y = 0; y < height; y++) {
            int sourceY = Math.min(picture.height() - 1, (int) ((y + 0.5) * picture.height() / height));
            for (int x = 0; x < width; x++) {
                int sourceX = Math.min(picture.width() - 1, (int) ((x + 0.5) * picture.width() / width));
                pixels[y * width + x] = picture.pixel(sourceX, sourceY);
            }
        }
        return new Picture(width, height, pixels, picture.alpha());
    }

    private static Picture linear(Picture picture, int width, int height) {
        int[] pixels = new int[width * height];
        for (int y = 0; y < height; y++) {
            double sourceY = clamp((y + 0.5) * picture.height() / height - 0.5, picture.height() - 1);
            int y0 = (int) sourceY;
            int y1 = Math.min(y0 + 1, picture.height() - 1);
            for (int x = 0; x < width; x++) {
                double sourceX = clamp((x + 0.5) * picture.width() / width - 0.5, picture.width() - 1);
                int x0 = (int) sourceX;
                int x1 = Math.min(x0 + 1, picture.width() - 1);
                int top = mix(picture.pixel(x0, y0), picture.pixel(x1, y0), sourceX - x0);
                int bottom = mix(picture.pixel(x0, y1), picture.pixel(x1, y1), sourceX - x0);
                pixels[y * width + x] = mix(top, bottom, sourceY - y0);
            }
        }
        return new Picture(width, height, pixels, picture.alpha());
    }

    private static double clamp(double value, int max) {
        return Math.max(0, Math.min(value, max));
    }

    /** A colour between two; {@code share} is that of the second. */
    public static int mix(int a, int b, double share) {
        if (a == b) {
            return a;
        }
        int result = 0;
        for (int shift = 0; shift <= 24; shift += 8) {
            int from = a >> shift & 0xff;
            int to = b >> shift & 0xff;
            result |= (int) Math.round(from + (to - from) * share) << shift;
        }
        return result;
    }
}
