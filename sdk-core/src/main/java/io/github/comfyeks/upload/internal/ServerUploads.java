package io.github.comfyeks.upload.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.error.HttpStatusException;
import io.github.comfyeks.error.LocalFileException;
import io.github.comfyeks.error.ProtocolException;
import io.github.comfyeks.internal.Json;
import io.github.comfyeks.transport.internal.Http;
import io.github.comfyeks.transport.internal.HttpBody;
import io.github.comfyeks.transport.internal.HttpCall;
import io.github.comfyeks.transport.internal.HttpReply;
import io.github.comfyeks.upload.UploadOptions;
import io.github.comfyeks.upload.UploadedFile;
import io.github.comfyeks.upload.Uploads;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Uploads over HTTP. */
public final class ServerUploads implements Uploads {
    private final Http http;
    private final SentFiles sentFiles = new SentFiles();

    public ServerUploads(Http http) {
        this.http = http;
    }

    @Override
    public UploadedFile image(Path file, UploadOptions options) {
        return image(nameOf(file), Content.of(file), options);
    }

    @Override
    public UploadedFile image(String name, byte[] bytes, UploadOptions options) {
        return image(name, Content.of(name, bytes), options);
    }

    @Override
    public UploadedFile image(String name, InputStream in, UploadOptions options) {
        Path spooled = spool(name, in);
        try {
            return image(name, Content.of(spooled), options);
        } finally {
            delete(spooled);
        }
    }

    private UploadedFile image(String name, Content content, UploadOptions options) {
        checkName(name);
        SentFiles.Key key = SentFiles.Key.of(content, name, options);
        SentFiles.Sent known = sentFiles.get(key);
        if (known != null) {
            if (etag(known.file()).filter(known.etag()::equals).isPresent()) {
                return known.file();
            }
            sentFiles.forget(key);
        }
        // the same name and content stays one file (H7), with overwrite all the more: sending twice does no harm
        UploadedFile file = send(HttpCall.post("/upload/image"), name, content, fields(options), options, true);
        if (content.wasSentUnchanged()) {
            etagIfKnown(file).ifPresent(etag -> sentFiles.put(key, new SentFiles.Sent(file, etag)));
        }
        return file;
    }

    @Override
    public UploadedFile mask(UploadedFile original, Path file, UploadOptions options) {
        return mask(original, nameOf(file), Content.of(file), options);
    }

    @Override
    public UploadedFile mask(UploadedFile original, String name, byte[] bytes, UploadOptions options) {
        return mask(original, name, Content.of(name, bytes), options);
    }

    private UploadedFile mask(UploadedFile original, String name, Content content, UploadOptions options) {
        checkName(name);
        HttpCall call = HttpCall.post("/upload/mask");
        if (head(original).status() == 404) { // the server would answer 200 and write nothing (H7)
            throw new HttpStatusException(
                    404,
                    "",
                    Duration.ZERO,
                    "the server has no \"" + original.reference() + "\" to put the mask on; upload it first ["
                            + call.label() + "]");
        }
        Map<String, String> fields = fields(options);
        fields.put(
                "original_ref",
                Json.write(Map.of(
                        "filename", original.name(), "subfolder", original.subfolder(), "type", original.type())));
        return send(call, name, content, fields, options, options.overwrite());
    }

    private UploadedFile send(
            HttpCall call,
            String name,
            Content content,
            Map<String, String> fields,
            UploadOptions options,
            boolean repeatable) {
        HttpBody body = options.progress()
                .map(progress -> content.reporting(sent -> progress.onProgress(sent, content.contentLength())))
                .orElse(content);
        call.body(new HttpBody.Multipart(fields, "image", name, body)).limit(Duration.ZERO);
        HttpReply reply =
                repeatable ? http.retrying(call.label(), attempt -> sendOnce(call, content)) : sendOnce(call, content);
        return uploaded(reply, call);
    }

    private HttpReply sendOnce(HttpCall call, Content content) {
        try {
            return http.send(call);
        } catch (ComfyException e) {
            LocalFileException local = content.failure();
            if (local != null) {
                local.addSuppressed(e);
                throw local;
            }
            throw e;
        }
    }

    private static UploadedFile uploaded(HttpReply reply, HttpCall call) {
        JsonNode json = reply.json();
        String name = json.path("name").asText("");
        if (name.isEmpty()) {
            throw new ProtocolException("the server took the file but did not name it [" + call.label() + "]", null);
        }
        return new UploadedFile(
                name, json.path("subfolder").asText(""), json.path("type").asText("input"));
    }

    private static Map<String, String> fields(UploadOptions options) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("type", options.type());
        if (!options.subfolder().isEmpty()) {
            fields.put("subfolder", options.subfolder());
        }
        if (options.overwrite()) {
            fields.put("overwrite", "true");
        }
        return fields;
    }

    private HttpReply head(UploadedFile file) {
        return http.send(HttpCall.head("/view")
                .query("filename", file.name())
                .query("subfolder", file.subfolder())
                .query("type", file.type())
                .accept(404));
    }

    private Optional<String> etag(UploadedFile file) {
        HttpReply reply = head(file);
        return reply.status() == 404 ? Optional.empty() : reply.header("ETag");
    }

    /** The file is there already: not to know its tag costs no more than sending it anew some day. */
    private Optional<String> etagIfKnown(UploadedFile file) {
        try {
            return etag(file);
        } catch (ComfyException e) {
            return Optional.empty();
        }
    }

    private static String nameOf(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString();
    }

    private static void checkName(String name) {
        if (name.isBlank() || name.equals(".") || name.equals("..") || name.matches(".*[/\\\\\\p{Cntrl}].*")) {
            throw new IllegalArgumentException(
                    "a file name is not empty and has no folders or control characters, got \"" + name
                            + "\"; folders go into UploadOptions.subfolder");
        }
    }

    private static Path spool(String name, InputStream in) {
        Path file = null;
        try {
            file = Files.createTempFile("comfyeks-", ".upload");
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            if (file != null) {
                delete(file);
            }
            throw new LocalFileException("cannot read the stream of " + name + " into a temporary file: " + e, e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }
}
