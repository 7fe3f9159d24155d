package io.github.comfyeks.testing.internal.http;

import io.github.comfyeks.testing.internal.files.Folders;
import io.github.comfyeks.testing.internal.files.StoredFile;
import io.github.comfyeks.testing.internal.image.Picture;
import io.github.comfyeks.testing.internal.image.Png;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** {@code GET /view} (H6): files with ranges and caching headers, and pictures in another form. */
final class ViewRoute {
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("gif", "image/gif"),
            Map.entry("webp", "image/webp"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("webm", "video/webm"),
            Map.entry("flac", "audio/flac"),
            Map.entry("mp3", "audio/mpeg"),
            Map.entry("wav", "audio/x-wav"),
            Map.entry("glb", "model/gltf-binary"),
            Map.entry("json", "application/json"),
            Map.entry("txt", "text/plain"),
            Map.entry("html", "text/html"),
            Map.entry("xml", "text/xml"),
            Map.entry("css", "text/css"),
            Map.entry("js", "text/javascript"));

    /** Types that a browser would run; a server sends them as a download. */
    private static final Set<String> DANGEROUS =
            Set.of("text/html", "text/css", "text/javascript", "image/svg+xml", "text/xml");

    /** What older versions make of some types. */
    private static final Map<String, String> OLD_TYPES = Map.of(
            "text/html", "application/octet-stream",
            "text/css", "application/octet-stream",
            "text/xml", "application/xml",
            "text/javascript", "application/javascript; charset=utf-8");

    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

    private final Pod pod;

    private ViewRoute(Pod pod) {
        this.pod = pod;
    }

    static void register(Router router, Pod pod) {
        router.add("GET", "/view", new ViewRoute(pod)::view);
    }

    private Response view(Request request) {
        String filename = request.query("filename");
        if (filename == null) {
            return Response.of(404);
        }
        String kind = null;
        for (String known : Folders.KINDS) {
            if (filename.endsWith("[" + known + "]")) {
                kind = known;
                filename = filename.substring(0, Math.max(0, filename.length() - known.length() - 3));
            }
        }
        if (filename.isEmpty() || filename.startsWith("/") || filename.contains("..")) {
            return Response.of(400);
        }
        kind = kind == null ? request.query("type", "output") : kind;
        if (!Folders.KINDS.contains(kind)) {
            return Response.of(400);
        }
        String subfolder = Paths.normalize(request.query("subfolder", ""));
        if (subfolder == null) {
            return Response.of(403);
        }
        String name = filename.substring(filename.lastIndexOf('/') + 1);
        StoredFile file = pod.folders().read(kind, subfolder.isEmpty() ? name : subfolder + "/" + name);
        return file == null ? Response.of(404) : answer(request, name, file);
    }

    private Response answer(Request request, String name, StoredFile file) {
        String preview = request.query("preview");
        String channel = request.query("channel", "rgba");
        if (preview != null) {
            return preview(name, file, preview, request.query("channel", ""));
        }
        if (channel.equals("rgb") || channel.equals("a")) {
            Picture picture = decode(file);
            Picture changed = channel.equals("rgb") ? picture.withoutAlpha() : alphaOnly(picture);
            return picture(name, "image/png", Png.write(changed, Map.of()));
        }
        return file(request, name, file);
    }

    private static Picture decode(StoredFile file) {
        Picture picture = Png.read(file.bytes().toByteArray());
        if (picture == null) {
            throw new IllegalArgumentException("no picture");
        }
        return picture;
    }

    private static Picture alphaOnly(Picture picture) {
        Picture alpha = picture.map(pixel -> pixel & 0xff000000);
        return new Picture(alpha.width(), alpha.height(), alpha.argb(), true);
    }

    private static Response picture(String name, String type, byte[] bytes) {
        return Response.of(200)
                .with("Content-Type", type)
                .with("Content-Disposition", "filename=\"" + name + "\"")
                .body(ByteString.of(bytes));
    }

    private static Response preview(String name, StoredFile file, String preview, String channel) {
        String format = preview.split(";")[0];
        Picture picture = decode(file);
        return format.equals("jpeg") && !channel.contains("a")
                ? picture(name, "image/jpeg", Png.writeJpeg(picture.withoutAlpha()))
                : picture(name, "image/webp", StandInWebp.of(picture));
    }

    private Response file(Request request, String name, StoredFile file) {
        String type = typeOf(name);
        String disposition = "filename=\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        boolean dangerous = pod.version().isModern() && DANGEROUS.contains(type);
        boolean asImage = type.equals("image/svg+xml") && "image".equals(request.header("Sec-Fetch-Dest"));
        Response response = Response.of(200);
        if (pod.version().isModern()) {
            response = response.with("X-Content-Type-Options", "nosniff");
        }
        if (dangerous) {
            response = response.with("Cache-Control", "no-store").with("Vary", "Sec-Fetch-Dest");
        }
        if (dangerous && !asImage) {
            type = "application/octet-stream";
            disposition = "attachment; " + disposition;
        } else if (!pod.version().isModern()) {
            type = OLD_TYPES.getOrDefault(type, type);
        }
        response = response.with("Content-Type", type)
                .with("Content-Disposition", disposition)
                .with("ETag", file.etag())
                .with("Last-Modified", HTTP_DATE.format(file.modified().atZone(ZoneOffset.UTC)));
        return conditional(request, file, response);
    }

    static String typeOf(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(extension, "application/octet-stream");
    }

    private static Response conditional(Request request, StoredFile file, Response response) {
        String noneMatch = request.header("If-None-Match");
        boolean same = noneMatch != null
                ? noneMatch.equals("*") || noneMatch.contains(file.etag())
                : notModified(request.header("If-Modified-Since"), file.modified());
        if (same) {
            return status(response, 304);
        }
        String range = request.header("Range");
        return range == null || !honoursRange(request.header("If-Range"), file.modified())
                ? response.with("Accept-Ranges", "bytes").body(file.bytes())
                : ranged(range, file.bytes(), response);
    }

    private static Response status(Response response, int status) {
        return new Response(status, response.headers(), ByteString.EMPTY, null, false);
    }

    private static boolean notModified(@Nullable String since, Instant modified) {
        Instant date = date(since);
        return date != null && !modified.truncatedTo(ChronoUnit.SECONDS).isAfter(date);
    }

    /** Only a date counts; an ETag, right or wrong, is not looked at (H6). */
    private static boolean honoursRange(@Nullable String ifRange, Instant modified) {
        Instant date = date(ifRange);
        return date == null || !modified.truncatedTo(ChronoUnit.SECONDS).isAfter(date);
    }

    private static @Nullable Instant date(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static Response ranged(String header, ByteString bytes, Response response) {
        if (!header.matches("bytes=([0-9]+-[0-9]*|-[0-9]+)")) {
            return status(response, 416).with("Content-Range", "bytes */" + bytes.size());
        }
        String[] ends = header.substring("bytes=".length()).split("-", 2);
        long start = ends[0].isEmpty() ? Math.max(0, bytes.size() - Long.parseLong(ends[1])) : Long.parseLong(ends[0]);
        long last = ends[0].isEmpty() || ends[1].isEmpty() ? bytes.size() - 1 : Long.parseLong(ends[1]);
        if (start >= bytes.size() || last < start) {
            return status(response, 416).with("Content-Range", "bytes */" + bytes.size());
        }
        int end = (int) Math.min(last, bytes.size() - 1L) + 1;
        return status(response, 206)
                .with("Accept-Ranges", "bytes")
                .with("Content-Range", "bytes " + start + "-" + (end - 1) + "/" + bytes.size())
                .body(bytes.substring((int) start, end));
    }
}
