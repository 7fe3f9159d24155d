package io.github.comfyeks.output;

import io.github.comfyeks.internal.Json;
import io.github.comfyeks.output.internal.ServerFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds files and texts in what a node gave out. What does not look as expected stays data. */
final class OutputReader {
    private static final Set<String> IMAGES = Set.of(
            "png", "jpg", "jpeg", "webp", "gif", "apng", "avif", "bmp", "tif", "tiff", "exr", "hdr", "svg", "heic",
            "jxl");
    private static final Set<String> VIDEOS = Set.of("mp4", "webm", "mov", "mkv", "avi", "m4v", "mpg", "mpeg", "ogv");
    private static final Set<String> SOUNDS = Set.of("flac", "wav", "mp3", "ogg", "opus", "m4a", "aac", "aiff");
    private static final Set<String> SHAPES =
            Set.of("glb", "gltf", "obj", "fbx", "stl", "usdz", "usd", "ply", "splat", "ksplat", "spz", "dae");
    private static final Set<String> TEXTS = Set.of("txt", "json", "csv", "md", "srt", "vtt", "xml", "html", "yaml");

    private OutputReader() {}

    static NodeOutput read(String nodeId, Map<String, Object> output) {
        List<OutputFile> files = new ArrayList<>(4);
        List<String> texts = new ArrayList<>(0);
        output.forEach((key, value) -> {
            if (key.equals("text")) {
                addTexts(value, texts);
            } else if (value instanceof List<?> list) {
                for (int i = 0; i < list.size(); i++) {
                    addFile(nodeId, key, list.get(i), i, output, files);
                }
            } else {
                addFile(nodeId, key, value, 0, output, files);
            }
        });
        return new NodeOutput(nodeId, files, texts, output);
    }

    private static void addTexts(@Nullable Object value, List<String> texts) {
        if (value instanceof List<?> list) {
            list.forEach(element -> addTexts(element, texts));
        } else if (value != null) {
            texts.add(value instanceof String text ? text : Json.write(value));
        }
    }

    private static void addFile(
            String nodeId,
            String key,
            @Nullable Object element,
            int index,
            Map<String, Object> output,
            List<OutputFile> files) {
        if (element instanceof Map<?, ?> item
                && item.get("filename") instanceof String filename
                && !filename.isEmpty()) {
            String subfolder = item.get("subfolder") instanceof String text ? text : "";
            String type = item.get("type") instanceof String text && !text.isEmpty() ? text : "output";
            boolean animated = isAnimated(item.containsKey("animated") ? item : output, index);
            files.add(new ServerFile(filename, subfolder, type, nodeId, key, kind(key, filename, animated), animated));
        }
    }

    /** {@code animated} stands beside the list, once for all or once for each. */
    private static boolean isAnimated(Map<?, ?> holder, int index) {
        Object flag = holder.get("animated");
        if (flag instanceof List<?> flags && !flags.isEmpty()) {
            flag = flags.get(Math.min(index, flags.size() - 1));
        }
        return Boolean.TRUE.equals(flag);
    }

    static MediaKind kind(String key, String filename, boolean animated) {
        String extension = filename.substring(filename.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (IMAGES.contains(extension)) {
            return MediaKind.IMAGE;
        }
        if (VIDEOS.contains(extension)) {
            return MediaKind.VIDEO;
        }
        if (SOUNDS.contains(extension)) {
            return MediaKind.AUDIO;
        }
        if (SHAPES.contains(extension)) {
            return MediaKind.THREE_D;
        }
        if (TEXTS.contains(extension)) {
            return MediaKind.TEXT;
        }
        return switch (key) {
            case "images" -> animated ? MediaKind.VIDEO : MediaKind.IMAGE;
            case "gifs", "video", "videos" -> MediaKind.VIDEO;
            case "audio", "audios" -> MediaKind.AUDIO;
            case "3d", "mesh", "model_file" -> MediaKind.THREE_D;
            default -> MediaKind.OTHER;
        };
    }
}
