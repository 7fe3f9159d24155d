package io.github.comfyeks.testing.internal.nodes;

import com.fasterxml.jackson.databind.node.LongNode;
import io.github.comfyeks.testing.internal.image.Images;
import io.github.comfyeks.testing.internal.image.Mask;
import io.github.comfyeks.testing.internal.image.Picture;
import io.github.comfyeks.testing.internal.image.Scaling;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Nodes that make and change pictures and masks; these are run for real. */
final class ImageNodes {
    private ImageNodes() {}

    static void register(Map<String, NodeType> types) {
        types.put(
                "EmptyImage",
                NodeType.of(call -> NodeResult.of(new Images(Collections.nCopies(
                        call.integer("batch_size"),
                        Picture.filled(call.integer("width"), call.integer("height"), call.integer("color")))))));
        types.put(
                "ImageInvert",
                NodeType.of(call -> NodeResult.of(call.images("image").map(ImageNodes::invert))));
        types.put("ImageScale", NodeType.of(ImageNodes::scale));
        types.put("ImageScaleBy", NodeType.of(ImageNodes::scaleBy));
        types.put("ImageScaleToTotalPixels", NodeType.of(ImageNodes::scaleToTotal));
        types.put("ImageCrop", NodeType.of(ImageNodes::crop));
        types.put("ImageBatch", NodeType.of(ImageNodes::batch));
        types.put("RepeatImageBatch", NodeType.of(ImageNodes::repeat));
        types.put("ImageFromBatch", NodeType.of(ImageNodes::fromBatch));
        types.put("ImagePadForOutpaint", NodeType.of(ImageNodes::pad));
        types.put("ImageFlip", NodeType.of(ImageNodes::flip));
        types.put("ImageRotate", NodeType.of(ImageNodes::rotate));
        types.put("ImageBlend", NodeType.of(ImageNodes::blend));
        types.put("ImageBlur", passes());
        types.put("ImageSharpen", passes());
        types.put("GetImageSize", NodeType.of(call -> {
            Images images = call.images("image");
            Picture first = images.first();
            int count = images.pictures().size();
            call.sendProgressText(
                    "width: " + first.width() + ", height: " + first.height() + "\n batch size: " + count);
            return NodeResult.of(
                    LongNode.valueOf(first.width()), LongNode.valueOf(first.height()), LongNode.valueOf(count));
        }));
        registerMasks(types);
    }

    private static void registerMasks(Map<String, NodeType> types) {
        types.put(
                "SolidMask",
                NodeType.of(call -> NodeResult.of(new Mask(Images.of(
                        Picture.filled(call.integer("width"), call.integer("height"), grey(call.decimal("value"))))))));
        types.put(
                "InvertMask",
                NodeType.of(call -> NodeResult.of(
                        new Mask(call.as("mask", Mask.class).images().map(ImageNodes::invert)))));
        types.put(
                "MaskToImage",
                NodeType.of(call -> NodeResult.of(call.as("mask", Mask.class).images())));
        types.put("ImageToMask", NodeType.of(call -> {
            int shift = shiftOf(call.text("channel"));
            return NodeResult.of(new Mask(call.images("image").map(picture -> channel(picture, shift))));
        }));
    }

    /** A channel as a grey picture; alpha of a picture that has none is full. */
    static Picture channel(Picture picture, int shift) {
        Picture grey = picture.map(pixel -> 0xff000000 | (pixel >>> shift & 0xff) * 0x010101);
        return new Picture(grey.width(), grey.height(), grey.argb(), false);
    }

    static int shiftOf(String channel) {
        return switch (channel) {
            case "red" -> 16;
            case "green" -> 8;
            case "blue" -> 0;
            default -> 24;
        };
    }

    static Picture invert(Picture picture) {
        return picture.map(pixel -> pixel ^ 0x00ffffff);
    }

    private static int grey(double value) {
        return ((int) Math.max(0, Math.min(255, value * 255))) * 0x010101;
    }

    private static NodeType passes() {
        return NodeType.of(call -> NodeResult.of(call.images("image")));
    }

    private static NodeResult scale(NodeCall call) throws NodeFailure {
        int width = call.integer("width");
        int height = call.integer("height");
        String method = call.text("upscale_method");
        boolean center = call.text("crop").equals("center");
        Images images = call.images("image");
        if (width == 0 && height == 0) {
            return NodeResult.of(images);
        }
        return NodeResult.of(images.map(picture -> {
            int w = width != 0 ? width : Math.max(1, Math.round((float) picture.width() * height / picture.height()));
            int h = height != 0 ? height : Math.max(1, Math.round((float) picture.height() * width / picture.width()));
            return Scaling.scale(center ? cropToShape(picture, w, h) : picture, w, h, method);
        }));
    }

    private static Picture cropToShape(Picture picture, int width, int height) {
        double oldShape = (double) picture.width() / picture.height();
        double newShape = (double) width / height;
        int x = 0;
        int y = 0;
        if (oldShape > newShape) {
            x = (int) Math.round((picture.width() - picture.width() * (newShape / oldShape)) / 2);
        } else if (oldShape < newShape) {
            y = (int) Math.round((picture.height() - picture.height() * (oldShape / newShape)) / 2);
        }
        return picture.crop(x, y, picture.width() - x * 2, picture.height() - y * 2);
    }

    private static NodeResult scaleBy(NodeCall call) throws NodeFailure {
        double factor = call.decimal("scale_by");
        String method = call.text("upscale_method");
        return NodeResult.of(call.images("image")
                .map(picture -> Scaling.scale(
                        picture,
                        (int) Math.max(1, Math.rint(picture.width() * factor)),
                        (int) Math.max(1, Math.rint(picture.height() * factor)),
                        method)));
    }

    private static NodeResult scaleToTotal(NodeCall call) throws NodeFailure {
        double total = call.decimal("megapixels") * 1024 * 1024;
        String method = call.text("upscale_method");
        int grid = call.input("resolution_steps") == null ? 1 : call.integer("resolution_steps");
        return NodeResult.of(call.images("image").map(picture -> {
            double factor = Math.sqrt(total / ((double) picture.width() * picture.height()));
            return Scaling.scale(
                    picture,
                    (int) Math.max(grid, Math.rint(picture.width() * factor / grid) * grid),
                    (int) Math.max(grid, Math.rint(picture.height() * factor / grid) * grid),
                    method);
        }));
    }

    private static NodeResult crop(NodeCall call) throws NodeFailure {
        int x = call.integer("x");
        int y = call.integer("y");
        int width = call.integer("width");
        int height = call.integer("height");
        return NodeResult.of(call.images("image").map(picture -> picture.crop(x, y, width, height)));
    }

    private static NodeResult batch(NodeCall call) throws NodeFailure {
        List<Picture> pictures = new ArrayList<>(call.images("image1").pictures());
        Picture first = pictures.get(0);
        for (Picture picture : call.images("image2").pictures()) {
            pictures.add(Scaling.scale(
                    cropToShape(picture, first.width(), first.height()), first.width(), first.height(), "bilinear"));
        }
        return NodeResult.of(new Images(pictures));
    }

    private static NodeResult repeat(NodeCall call) throws NodeFailure {
        List<Picture> pictures = new ArrayList<>();
        List<Picture> source = call.images("image").pictures();
        for (int i = 0; i < call.integer("amount"); i++) {
            pictures.addAll(source);
        }
        return NodeResult.of(new Images(pictures));
    }

    private static NodeResult fromBatch(NodeCall call) throws NodeFailure {
        List<Picture> pictures = call.images("image").pictures();
        int start = Math.min(pictures.size() - 1, call.integer("batch_index"));
        int end = Math.min(pictures.size(), start + call.integer("length"));
        return NodeResult.of(new Images(pictures.subList(start, end)));
    }

    private static NodeResult pad(NodeCall call) throws NodeFailure {
        int left = call.integer("left");
        int top = call.integer("top");
        int right = call.integer("right");
        int bottom = call.integer("bottom");
        Images padded = call.images("image").map(picture -> framed(picture, left, top, right, bottom, 0xff7f7f7f));
        Picture first = call.images("image").first();
        Picture mask = framed(Picture.filled(first.width(), first.height(), 0), left, top, right, bottom, 0xffffffff);
        return NodeResult.of(padded, new Mask(Images.of(mask)));
    }

    private static Picture framed(Picture picture, int left, int top, int right, int bottom, int colour) {
        int width = picture.width() + left + right;
        int height = picture.height() + top + bottom;
        int[] pixels = new int[width * height];
        java.util.Arrays.fill(pixels, colour);
        for (int y = 0; y < picture.height(); y++) {
            System.arraycopy(picture.argb(), y * picture.width(), pixels, (top + y) * width + left, picture.width());
        }
        return new Picture(width, height, pixels, false);
    }

    private static NodeResult flip(NodeCall call) throws NodeFailure {
        boolean upsideDown = call.text("flip_method").startsWith("x");
        return NodeResult.of(call.images("image")
                .map(picture -> moved(
                        picture,
                        picture.width(),
                        picture.height(),
                        (x, y) -> upsideDown
                                ? picture.pixel(x, picture.height() - 1 - y)
                                : picture.pixel(picture.width() - 1 - x, y))));
    }

    private static NodeResult rotate(NodeCall call) throws NodeFailure {
        String angle = call.text("rotation");
        return NodeResult.of(call.images("image").map(picture -> {
            int w = picture.width();
            int h = picture.height();
            if (angle.startsWith("90")) {
                return moved(picture, h, w, (x, y) -> picture.pixel(y, h - 1 - x));
            }
            if (angle.startsWith("180")) {
                return moved(picture, w, h, (x, y) -> picture.pixel(w - 1 - x, h - 1 - y));
            }
            return angle.startsWith("270") ? moved(picture, h, w, (x, y) -> picture.pixel(w - 1 - y, x)) : picture;
        }));
    }

    private static Picture moved(Picture picture, int width, int height, Source source) {
        int[] pixels = new int[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                pixels[y * width + x] = source.pixel(x, y);
            }
        }
        return new Picture(width, height, pixels, picture.alpha());
    }

    /** Where a pixel of the new picture comes from. */
    @FunctionalInterface
    private interface Source {
        int pixel(int x, int y);
    }

    private static NodeResult blend(NodeCall call) throws NodeFailure {
        double share = call.decimal("blend_factor");
        Picture second = call.images("image2").first();
        return NodeResult.of(call.images("image1").map(picture -> {
            Picture other = Scaling.scale(second, picture.width(), picture.height(), "bicubic");
            return moved(
                    picture,
                    picture.width(),
                    picture.height(),
                    (x, y) -> Scaling.mix(picture.pixel(x, y), other.pixel(x, y), share));
        }));
    }
}
