package io.github.comfyeks.suite;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.InflaterInputStream;
import javax.imageio.ImageIO;

/** The bytes of an image, decoded without the code under test. Immutable. */
public final class Picture {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private final byte[] bytes;
    private final BufferedImage image;

    private Picture(byte[] bytes, BufferedImage image) {
        this.bytes = bytes;
        this.image = image;
    }

    public static Picture of(byte[] bytes) {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
            if (image == null) {
                throw new AssertionError("no image: " + bytes.length + " bytes");
            }
            return new Picture(bytes.clone(), image);
        } catch (IOException e) {
            throw new AssertionError("no image: " + bytes.length + " bytes", e);
        }
    }

    /** A PNG of one colour, {@code 0xAARRGGBB}. */
    public static byte[] png(int width, int height, int argb) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, argb);
            }
        }
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(image, "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new AssertionError("a PNG cannot be written", e);
        }
    }

    public boolean isPng() {
        return bytes.length > PNG.length
                && ByteBuffer.wrap(bytes, 0, PNG.length).equals(ByteBuffer.wrap(PNG));
    }

    public int width() {
        return image.getWidth();
    }

    public int height() {
        return image.getHeight();
    }

    public boolean hasAlpha() {
        return image.getColorModel().hasAlpha();
    }

    /** Red, green and blue of a pixel as {@code 0xRRGGBB}. */
    public int rgb(int x, int y) {
        return image.getRGB(x, y) & 0xffffff;
    }

    /** Alpha of a pixel, 0 to 255. */
    public int alpha(int x, int y) {
        return image.getRGB(x, y) >>> 24;
    }

    /** The {@code tEXt}, {@code zTXt} and {@code iTXt} chunks of a PNG by keyword; compressed ones only of {@code zTXt}. */
    public Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        ByteBuffer chunks = ByteBuffer.wrap(bytes, PNG.length, bytes.length - PNG.length);
        while (chunks.remaining() >= 12) {
            byte[] data = new byte[chunks.getInt()];
            byte[] type = new byte[4];
            chunks.get(type).get(data).getInt();
            int end = 0;
            while (end < data.length && data[end] != 0) {
                end++;
            }
            String name = new String(data, 0, end, StandardCharsets.ISO_8859_1);
            switch (new String(type, StandardCharsets.ISO_8859_1)) {
                case "tEXt" ->
                    texts.put(name, new String(data, end + 1, data.length - end - 1, StandardCharsets.ISO_8859_1));
                case "zTXt" -> texts.put(name, inflate(data, end + 2));
                case "iTXt" -> {
                    int start = end + 3;
                    for (int zeros = 0; zeros < 2; start++) {
                        zeros += data[start] == 0 ? 1 : 0;
                    }
                    texts.put(name, new String(data, start, data.length - start, StandardCharsets.UTF_8));
                }
                default -> {}
            }
        }
        return texts;
    }

    private static String inflate(byte[] data, int start) {
        try (InflaterInputStream in =
                new InflaterInputStream(new ByteArrayInputStream(data, start, data.length - start))) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new AssertionError("a text chunk cannot be read", e);
        }
    }

    /** Whether two colours differ by no more than rounding does. */
    public static boolean isLike(int rgb, int other) {
        for (int shift = 0; shift <= 16; shift += 8) {
            if (Math.abs((rgb >> shift & 255) - (other >> shift & 255)) > 1) {
                return false;
            }
        }
        return true;
    }
}
