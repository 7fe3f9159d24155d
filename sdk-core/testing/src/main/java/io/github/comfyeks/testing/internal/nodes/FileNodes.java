package io.github.comfyeks.testing.internal.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.comfyeks.testing.internal.files.Folders;
import io.github.comfyeks.testing.internal.files.StoredFile;
import io.github.comfyeks.testing.internal.image.Images;
import io.github.comfyeks.testing.internal.image.Mask;
import io.github.comfyeks.testing.internal.image.Picture;
import io.github.comfyeks.testing.internal.image.Png;
import io.github.comfyeks.testing.internal.image.SimulatedPicture;
import io.github.comfyeks.testing.internal.json.Json;
import io.github.comfyeks.testing.internal.nodes.Interrupts.InterruptedRunException;
import io.github.comfyeks.testing.internal.nodes.NodeCall.Preview;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** Nodes that read and write the server's folders. Outputs carry ComfyUI's PNG metadata (S6). */
final class FileNodes {
    private static final AtomicLong ALWAYS_NEW = new AtomicLong();

    private FileNodes() {}

    static void register(Map<String, NodeType> types) {
        types.put("SaveImage", NodeType.of(call -> save(call, "output", call.text("filename_prefix"))));
        types.put("PreviewImage", NodeType.of(call -> save(call, "temp", "ComfyUI_temp_" + call.tempSuffix())));
        types.put(
                "SaveImageWebsocket",
                NodeType.of(FileNodes::saveToSocket)
                        .withFingerprint((inputs, folders) -> Long.toString(ALWAYS_NEW.incrementAndGet())));
        types.put(
                "LoadImage",
                loader(
                        call -> {
                            Picture picture = load(call, "input");
                            return NodeResult.of(Images.of(picture.withoutAlpha()), alphaMask(picture));
                        },
                        "input"));
        types.put(
                "LoadImageOutput",
                loader(
                        call -> {
                            Picture picture = load(call, "output");
                            return NodeResult.of(Images.of(picture.withoutAlpha()), alphaMask(picture));
                        },
                        "output"));
        types.put(
                "LoadImageMask",
                loader(
                        call -> {
                            Picture picture = load(call, "input");
                            String channel = call.text("channel");
                            return NodeResult.of(
                                    channel.equals("alpha")
                                            ? alphaMask(picture)
                                            : new Mask(Images.of(
                                                    ImageNodes.channel(picture, ImageNodes.shiftOf(channel)))));
                        },
                        "input"));
    }

    private static NodeType loader(NodeCode code, String folder) {
        return NodeType.of(code)
                .withFingerprint((inputs, folders) -> {
                    StoredFile file = find(folders, inputs.path("image").asText(), folder);
                    return file == null ? "none" : file.etag();
                })
                .withValidator(new NodeType.Validator(Set.of("image"), (inputs, folders) -> {
                    String name = NodeType.argument(inputs, "image", "LoadImage");
                    return find(folders, name, folder) == null ? "Invalid image file: " + name : null;
                }));
    }

    /** The file that {@code name [type]} stands for. */
    private static @Nullable StoredFile find(Folders folders, String name, String folder) {
        for (String kind : Folders.KINDS) {
            String mark = " [" + kind + "]";
            if (name.endsWith(mark)) {
                return folders.read(kind, name.substring(0, name.length() - mark.length()));
            }
        }
        return folders.read(folder, name);
    }

    private static Picture load(NodeCall call, String folder) throws NodeFailure {
        String name = call.text("image");
        StoredFile file = find(call.folders(), name, folder);
        if (file == null) {
            throw new NodeFailure("FileNotFoundError", "[Errno 2] No such file or directory: '" + name + "'");
        }
        Picture picture = Png.read(file.bytes().toByteArray());
        if (picture != null) {
            return picture;
        }
        if (isWebp(file.bytes())) {
            return SimulatedPicture.paint(64, 64, "0", name);
        }
        throw new NodeFailure("PIL.UnidentifiedImageError", "cannot identify image file '" + name + "'");
    }

    private static boolean isWebp(ByteString bytes) {
        return bytes.size() > 12 && bytes.substring(8, 12).utf8().equals("WEBP");
    }

    /** What is transparent is white; a picture without alpha has a mask of 64 by 64 zeros. */
    private static Mask alphaMask(Picture picture) {
        return picture.alpha()
                ? new Mask(Images.of(ImageNodes.invert(ImageNodes.channel(picture, 24))))
                : new Mask(Images.of(Picture.filled(64, 64, 0)));
    }

    private static NodeResult save(NodeCall call, String kind, String prefix) throws NodeFailure {
        Images images = call.images("images");
        String path = expand(prefix, images.first());
        int slash = path.lastIndexOf('/');
        String subfolder = slash < 0 ? "" : path.substring(0, slash);
        if (path.startsWith("/") || List.of(path.split("/")).contains("..")) {
            throw new NodeFailure("Exception", "**** ERROR: Saving image outside the output folder is not allowed.");
        }
        Map<String, String> texts = metadata(call);
        ObjectNode ui = Json.object();
        ArrayNode list = ui.putArray("images");
        int number = 0;
        for (Picture picture : images.pictures()) {
            String stem = path.replace("%batch_num%", Integer.toString(number++));
            String name = String.format(
                    Locale.ROOT, "%s_%05d_.png", stem, call.folders().nextCounter(kind, path));
            call.folders().write(kind, name, ByteString.of(Png.write(picture, texts)));
            list.addObject()
                    .put("filename", name.substring(name.lastIndexOf('/') + 1))
                    .put("subfolder", subfolder)
                    .put("type", kind);
        }
        return NodeResult.of(images).withUi(ui);
    }

    private static Map<String, String> metadata(NodeCall call) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("prompt", Json.write(call.graph()));
        JsonNode info = call.extraData().get("extra_pnginfo");
        if (info != null && info.isObject()) {
            info.properties().forEach(field -> texts.put(field.getKey(), Json.write(field.getValue())));
        }
        return texts;
    }

    private static String expand(String prefix, Picture picture) {
        if (prefix.indexOf('%') < 0) {
            return prefix;
        }
        LocalDateTime now = LocalDateTime.now(java.time.ZoneId.systemDefault());
        return prefix.replace("%width%", Integer.toString(picture.width()))
                .replace("%height%", Integer.toString(picture.height()))
                .replace("%year%", Integer.toString(now.getYear()))
                .replace(
                        "%month%",
                        DateTimeFormatter.ofPattern("MM", Locale.ROOT).format(now))
                .replace("%day%", DateTimeFormatter.ofPattern("dd", Locale.ROOT).format(now))
                .replace(
                        "%hour%", DateTimeFormatter.ofPattern("HH", Locale.ROOT).format(now))
                .replace(
                        "%minute%",
                        DateTimeFormatter.ofPattern("mm", Locale.ROOT).format(now))
                .replace(
                        "%second%",
                        DateTimeFormatter.ofPattern("ss", Locale.ROOT).format(now));
    }

    /** Its results travel like previews, each before the step is counted (E11). */
    private static NodeResult saveToSocket(NodeCall call) throws NodeFailure, InterruptedRunException {
        List<Picture> pictures = call.images("images").pictures();
        for (int i = 0; i < pictures.size(); i++) {
            call.progress(i, pictures.size(), new Preview("PNG", ByteString.of(Png.write(pictures.get(i), Map.of()))));
        }
        return NodeResult.of();
    }
}
