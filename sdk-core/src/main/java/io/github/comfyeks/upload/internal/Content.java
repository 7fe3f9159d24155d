package io.github.comfyeks.upload.internal;

import io.github.comfyeks.error.LocalFileException;
import io.github.comfyeks.transport.internal.HttpBody;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What is uploaded: bytes or a file, read once for its hash and again at each attempt. Used by one thread. A failure to read
 * it is kept apart, since to the engine it looks like one of the connection.
 */
final class Content implements HttpBody {
    private static final int BUFFER = 64 << 10;

    /** Opens it from its start. */
    private interface Opener {
        InputStream open() throws IOException;
    }

    private final String source;
    private final Opener opener;
    private final long length;
    private final String sha256;
    private String sentSha256 = "";
    private @Nullable IOException failure;

    private Content(String source, Opener opener) {
        this.source = source;
        this.opener = opener;
        MessageDigest digest = newSha256();
        try (InputStream in = opener.open()) {
            this.length = copy(in, digest, OutputStream.nullOutputStream());
            this.sha256 = HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchFileException e) {
            throw new LocalFileException("there is no file " + source, e);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    static Content of(String name, byte[] bytes) {
        return new Content(name, () -> new ByteArrayInputStream(bytes));
    }

    static Content of(Path file) {
        if (Files.isDirectory(file)) {
            throw new LocalFileException(file + " is a folder; give a file", null);
        }
        return new Content(file.toAbsolutePath().toString(), () -> Files.newInputStream(file));
    }

    String sha256() {
        return sha256;
    }

    /** Whether the last attempt sent what was hashed: a file may change meanwhile. */
    boolean wasSentUnchanged() {
        return sha256.equals(sentSha256);
    }

    /** Why the last attempt could not read it, if it could not. */
    @Nullable
    LocalFileException failure() {
        return failure == null ? null : unreadable(failure);
    }

    private LocalFileException unreadable(IOException e) {
        return new LocalFileException("cannot read " + source + " to upload it: " + e, e);
    }

    @Override
    public String contentType() {
        return "application/octet-stream";
    }

    @Override
    public long contentLength() {
        return length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        failure = null;
        sentSha256 = "";
        MessageDigest digest = newSha256();
        try (InputStream in = opened()) {
            long sent = copy(in, digest, out);
            if (sent != length) {
                failure = new IOException("it had " + length + " bytes, then " + sent);
                throw failure;
            }
        }
        sentSha256 = HexFormat.of().formatHex(digest.digest());
    }

    private InputStream opened() throws IOException {
        try {
            return opener.open();
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    private long copy(InputStream in, MessageDigest digest, OutputStream out) throws IOException {
        DigestInputStream digested = new DigestInputStream(in, digest);
        byte[] buffer = new byte[BUFFER];
        long copied = 0;
        for (int n = read(digested, buffer); n >= 0; n = read(digested, buffer)) {
            out.write(buffer, 0, n);
            copied += n;
        }
        return copied;
    }

    private int read(InputStream in, byte[] buffer) throws IOException {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
