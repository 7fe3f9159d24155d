package io.github.comfyeks.output.internal;

import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.error.ConnectionException;
import io.github.comfyeks.error.HttpStatusException;
import io.github.comfyeks.error.Limit;
import io.github.comfyeks.error.LimitReachedException;
import io.github.comfyeks.error.ProtocolException;
import io.github.comfyeks.output.DownloadOptions;
import io.github.comfyeks.transport.internal.Http;
import io.github.comfyeks.transport.internal.HttpCall;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One download with all its attempts; used once, by one thread. A cut is taken up with a range only if the first answer
 * named a strong ETag, and only if the second names the same one and the same total: a server may answer {@code If-Range}
 * with a wrong ETag by 206 all the same (H6), and two versions of a file must never be spliced.
 */
final class Transfer {
    private static final int BUFFER = 64 << 10;
    private static final int SMALL_BUFFER = 8 << 10;
    private static final int STEP = 256 << 10;
    private static final int MAX_CHANGES = 3;

    /** What the download came to. */
    record Done(long bytes, String sha256, String mediaType) {}

    /** Which content an answer carries, as far as the server tells. */
    private record Version(@Nullable String etag, long total, String mediaType) {
        static Version of(Http.Streamed answer) {
            String type = answer.header("Content-Type");
            return new Version(
                    answer.header("ETag"), answer.contentLength(), type == null ? "" : withoutParameters(type));
        }

        private static String withoutParameters(String type) {
            int semicolon = type.indexOf(';');
            return (semicolon < 0 ? type : type.substring(0, semicolon)).strip();
        }

        boolean isResumable() {
            return etag != null && !etag.startsWith("W/") && total >= 0;
        }
    }

    private final Http http;
    private final ServerFile file;
    private final DownloadOptions options;
    private final @Nullable MessageDigest digest;
    private @Nullable Version version;
    private long received;
    private long highest;
    private long reported = -STEP;
    private int changes;

    /** @param hashed whether the SHA-256 is wanted; else it is empty */
    Transfer(Http http, ServerFile file, DownloadOptions options, boolean hashed) {
        this.digest = hashed ? sha256() : null;
        this.http = http;
        this.file = file;
        this.options = options;
    }

    Done run(Sink sink) {
        boolean done = false;
        while (!done) {
            done = http.retrying(call().label(), n -> attempt(sink));
        }
        report(true);
        String type = version == null ? "" : version.mediaType();
        String hash = digest == null ? "" : HexFormat.of().formatHex(digest.digest());
        return new Done(received, hash, type);
    }

    /** Whether the file is whole. False if a good part of it came before the cut: the retry budget then starts anew. */
    private boolean attempt(Sink sink) {
        long before = highest;
        try {
            transfer(sink);
            return true;
        } catch (ComfyException e) {
            if (Http.isTransient(e)
                    && highest - before >= STEP
                    && !Thread.currentThread().isInterrupted()) {
                return false;
            }
            throw e;
        } finally {
            http.config().observer().onBytes(Math.max(0, highest - before), 0);
        }
    }

    private void transfer(Sink sink) {
        HttpCall call = call();
        Version known = version;
        Version resumed = known != null && received > 0 && known.isResumable() ? known : null;
        if (resumed != null) {
            call.header("Range", "bytes=" + received + "-").header("If-Range", String.valueOf(resumed.etag()));
        } else if (received > 0) {
            restart(sink, call, false);
        }
        try (Http.Streamed answer = http.stream(call)) {
            if (answer.status() == 404) {
                throw missing(file, call);
            }
            if (answer.status() == 500) {
                throw new HttpStatusException(
                        500,
                        "",
                        Duration.ZERO,
                        "the server cannot make a preview of " + file + "; is it a picture? [" + call.label() + "]");
            }
            if (answer.status() == 200) {
                if (received > 0) { // the server would not continue: this is the whole file, perhaps another one
                    restart(sink, call, known != null && !Objects.equals(known.etag(), answer.header("ETag")));
                }
                version = checked(answer, call);
                copy(answer.body(), sink, call);
                return;
            }
            if (resumed != null && answer.status() == 206 && continues(answer, resumed)) {
                copy(answer.body(), sink, call);
                return;
            }
        }
        restart(sink, call, true); // 206 of another version, or 416: it is shorter now
        throw new ConnectionException(
                file + " was replaced on the server while it was downloaded [" + call.label() + "]", false, null);
    }

    private boolean continues(Http.Streamed answer, Version known) {
        String range = "bytes " + received + "-" + (known.total() - 1) + "/" + known.total();
        return range.equals(answer.header("Content-Range"))
                && String.valueOf(known.etag()).equals(answer.header("ETag"))
                && isIdentity(answer);
    }

    private void restart(Sink sink, HttpCall call, boolean changed) {
        if (!sink.canRestart()) {
            throw new ProtocolException(
                    "the connection broke after " + received + " bytes of " + file
                            + ", the server does not prove that the rest belongs to the same file, and the stream cannot take"
                            + " back what it has; download to a file instead [" + call.label() + "]",
                    null);
        }
        if (changed && ++changes > MAX_CHANGES) {
            throw new ProtocolException(
                    file + " changed on the server more than " + MAX_CHANGES
                            + " times while it was downloaded; download it when it is complete [" + call.label() + "]",
                    null);
        }
        sink.restart();
        if (digest != null) {
            digest.reset();
        }
        received = 0;
        reported = -STEP;
        version = null;
    }

    private Version checked(Http.Streamed answer, HttpCall call) {
        Version found = Version.of(answer);
        String name = file.filename().toLowerCase(Locale.ROOT);
        if (found.mediaType().equalsIgnoreCase("text/html") && !name.endsWith(".html") && !name.endsWith(".htm")) {
            throw new ProtocolException(
                    "expected " + file + ", got an HTML page; does a login or an error page stand before ComfyUI? ["
                            + call.label() + "]",
                    null);
        }
        if (!isIdentity(answer)) {
            throw new ProtocolException(
                    "something before the server encodes downloads as " + answer.header("Content-Encoding")
                            + " though identity was asked for [" + call.label() + "]",
                    null);
        }
        if (found.total() > options.maxBytes()) {
            throw tooLarge(found.total() + " bytes", call);
        }
        return found;
    }

    private static boolean isIdentity(Http.Streamed answer) {
        return Optional.ofNullable(answer.header("Content-Encoding"))
                .map(encoding -> encoding.isBlank() || encoding.strip().equalsIgnoreCase("identity"))
                .orElse(true);
    }

    private void copy(InputStream body, Sink sink, HttpCall call) {
        long size = version == null || version.total() < 0 ? BUFFER : version.total();
        byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(SMALL_BUFFER, size))];
        report(false);
        for (int n = read(body, buffer, call); n >= 0; n = read(body, buffer, call)) {
            if (received + n > options.maxBytes()) {
                throw tooLarge("more", call);
            }
            sink.write(buffer, n);
            if (digest != null) {
                digest.update(buffer, 0, n);
            }
            received += n;
            highest = Math.max(highest, received);
            report(false);
        }
        long total = version == null ? -1 : version.total();
        if (total >= 0 && received != total) {
            throw new ConnectionException(
                    "the answer ended after " + received + " of " + total + " bytes of " + file + " [" + call.label()
                            + "]",
                    true,
                    null);
        }
    }

    private int read(InputStream body, byte[] buffer, HttpCall call) {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            throw http.failure(call, e);
        }
    }

    private void report(boolean end) {
        if (end ? reported != received : received - reported >= STEP) {
            reported = received;
            long total = version == null ? -1 : version.total();
            options.progress().ifPresent(progress -> progress.onProgress(received, total));
        }
    }

    private HttpCall call() {
        HttpCall call = address(HttpCall.get("/view"), file)
                .query("channel", options.channel().orElse(null))
                .header("Accept-Encoding", "identity")
                .accept(404, 416)
                .once();
        options.previewFormat().ifPresent(format -> call.query("preview", format + ";" + options.previewQuality())
                .accept(500));
        return call;
    }

    static HttpCall address(HttpCall call, ServerFile file) {
        return call.query("filename", file.filename())
                .query("subfolder", file.subfolder())
                .query("type", file.type());
    }

    static HttpStatusException missing(ServerFile file, HttpCall call) {
        return new HttpStatusException(
                404,
                "",
                Duration.ZERO,
                "the server has no " + file
                        + "; temp files go with its restart, and behind a load balancer another pod may have it ["
                        + call.label() + "]");
    }

    private LimitReachedException tooLarge(String size, HttpCall call) {
        return new LimitReachedException(
                Limit.SIZE,
                file + " has " + size + ", and the limit is " + options.maxBytes()
                        + " bytes; raise maxBytes if it is meant to be so large [" + call.label() + "]",
                null,
                null);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
