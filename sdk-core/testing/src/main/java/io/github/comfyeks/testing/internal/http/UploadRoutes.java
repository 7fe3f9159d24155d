package io.github.comfyeks.testing.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.comfyeks.testing.internal.files.Folders;
import io.github.comfyeks.testing.internal.files.StoredFile;
import io.github.comfyeks.testing.internal.image.Picture;
import io.github.comfyeks.testing.internal.image.Png;
import io.github.comfyeks.testing.internal.json.Json;
import java.io.IOException;
import java.util.Map;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** {@code POST /upload/image} and {@code /upload/mask} (H7). */
final class UploadRoutes {
    private final Pod pod;

    private UploadRoutes(Pod pod) {
        this.pod = pod;
    }

    /** What is written in the place of the uploaded bytes. */
    @FunctionalInterface
    private interface Content {
        @Nullable
        ByteString of(Multipart form, ByteString uploaded) throws IOException;
    }

    static void register(Router router, Pod pod) {
        UploadRoutes routes = new UploadRoutes(pod);
        router.add("POST", "/upload/image", request -> routes.upload(request, (form, uploaded) -> uploaded));
        router.add("POST", "/upload/mask", request -> routes.upload(request, routes::masked));
    }

    private Response upload(Request request, Content content) throws IOException {
        Multipart form = Multipart.parse(request.header("Content-Type"), ByteString.of(request.body()));
        String type = form.text("type");
        String kind = type == null ? "input" : type;
        Multipart.Part image = form.part("image");
        if (image == null) {
            return Response.of(400);
        }
        if (image.filename() == null || image.filename().isEmpty() || !Folders.KINDS.contains(kind)) {
            return Response.serverError();
        }
        String sent = form.text("subfolder");
        String subfolder = sent == null ? "" : sent;
        String folder = Paths.normalize(subfolder);
        String path = folder == null ? null : Paths.normalize(join(folder, image.filename()));
        if (folder == null || path == null) {
            return Response.of(400);
        }
        String inner = path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
        if (!inner.equals(folder) && !pod.folders().hasFolder(kind, inner)) {
            return Response.serverError();
        }
        String overwrite = form.text("overwrite");
        boolean mayOverwrite = "true".equals(overwrite) || "1".equals(overwrite);
        String name = store(kind, folder, image, mayOverwrite, form, content);
        return Response.json(
                Json.object().put("name", name).put("subfolder", subfolder).put("type", kind));
    }

    private static String join(String folder, String name) {
        return folder.isEmpty() ? name : folder + "/" + name;
    }

    /** Writes the file under its own name, or the next free one if other bytes have it; gives the name that was used. */
    private String store(
            String kind, String folder, Multipart.Part image, boolean overwrite, Multipart form, Content content)
            throws IOException {
        String wanted = String.valueOf(image.filename());
        String name = wanted;
        if (!overwrite) {
            int dot = wanted.lastIndexOf('.');
            String stem = dot > 0 ? wanted.substring(0, dot) : wanted;
            String extension = dot > 0 ? wanted.substring(dot) : "";
            int number = 1;
            StoredFile existing = find(kind, folder, name);
            while (existing != null) {
                if (existing.bytes().equals(image.content())) {
                    return name;
                }
                name = stem + " (" + number++ + ")" + extension;
                existing = find(kind, folder, name);
            }
        }
        ByteString bytes = content.of(form, image.content());
        String path = Paths.normalize(join(folder, name));
        if (bytes != null && path != null) {
            pod.folders().write(kind, path, bytes);
        }
        return name;
    }

    private @Nullable StoredFile find(String kind, String folder, String name) {
        String path = Paths.normalize(join(folder, name));
        return path == null ? null : pod.folders().read(kind, path);
    }

    /** The original with the mask's alpha; null, so that nothing is written, if the original is not there. */
    private @Nullable ByteString masked(Multipart form, ByteString uploaded) throws IOException {
        String reference = form.text("original_ref");
        if (reference == null) {
            throw new IOException("the JSON object must be str, bytes or bytearray, not NoneType");
        }
        JsonNode original = Json.parse(reference);
        String subfolder = original.path("subfolder").asText("");
        StoredFile file = pod.folders()
                .read(
                        original.path("type").asText("output"),
                        join(subfolder, original.path("filename").asText()));
        if (file == null) {
            return null;
        }
        Picture picture = Png.read(file.bytes().toByteArray());
        Picture mask = Png.read(uploaded.toByteArray());
        if (picture == null || mask == null) {
            throw new IOException("cannot identify image file");
        }
        int[] pixels = new int[picture.argb().length];
        for (int i = 0; i < pixels.length; i++) {
            int alpha = i < mask.argb().length ? mask.argb()[i] & 0xff000000 : 0xff000000;
            pixels[i] = (picture.argb()[i] & 0x00ffffff) | alpha;
        }
        return ByteString.of(Png.write(new Picture(picture.width(), picture.height(), pixels, true), Map.of()));
    }
}
