package io.github.comfyeks.model.store.internal;

import io.github.comfyeks.error.LocalFileException;
import io.github.comfyeks.model.store.ModelChecksum;
import io.github.comfyeks.model.store.ModelChecksum.Algorithm;
import io.github.comfyeks.model.store.ModelHead;
import io.github.comfyeks.model.store.ModelObject;
import io.github.comfyeks.model.store.StoreException;
import io.github.comfyeks.model.store.TransferOptions;
import io.github.comfyeks.model.store.TransferProgress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/** One model on its way into a file: beside it first, checked, then under its name. Used by one thread. */
public final class Download {
    private static final int BUFFER = 1 << 20;
    private static final int CUTS = 5;

    private final Bucket bucket;
    private final ModelHead head;
    private final TransferOptions options;
    private final ModelChecksum expected;
    private final Hash hash;
    private long done;

    private Download(Bucket bucket, ModelHead head, TransferOptions options) {
        this.bucket = bucket;
        this.head = head;
        this.options = options;
        this.expected = head.checksums().isEmpty()
                ? new ModelChecksum(Algorithm.SHA_256, "")
                : head.checksums().get(0);
        this.hash = Hash.of(expected.algorithm());
    }

    /** Fetches this version of the model. */
    public static void get(Bucket bucket, ModelHead head, Path file, TransferOptions options) {
        Path whole = file.toAbsolutePath();
        try {
            Path folder = Objects.requireNonNull(whole.getParent(), "a file lies in a folder");
            Files.createDirectories(folder);
            Path temporary = folder.resolve(".comfyeks-" + UUID.randomUUID() + ".part");
            try (FileChannel out =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                new Download(bucket, head, options).into(out);
                out.force(true);
            } catch (RuntimeException | IOException e) {
                Files.deleteIfExists(temporary);
                throw e;
            }
            Files.move(temporary, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new LocalFileException(file + " cannot be written: " + e, e);
        }
    }

    /** Whether the file has the content already, as far as a checksum tells; without one it has not. */
    public static boolean isThere(ModelHead head, Path file) {
        if (head.checksums().isEmpty() || !Files.isRegularFile(file)) {
            return false;
        }
        ModelChecksum expected = head.checksums().get(0);
        Hash hash = Hash.of(expected.algorithm());
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            if (Files.size(file) != head.object().size()) {
                return false;
            }
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                hash.update(buffer, 0, count);
            }
        } catch (IOException e) {
            throw new LocalFileException(file + " cannot be read: " + e, e);
        }
        return hash.hex().equals(expected.hex());
    }

    /** Reads it to the end and keeps nothing. */
    public static void verify(Bucket bucket, ModelHead head, TransferOptions options) {
        try (WritableByteChannel nowhere = Channels.newChannel(OutputStream.nullOutputStream())) {
            new Download(bucket, head, options).into(nowhere);
        } catch (IOException e) {
            throw new UncheckedIOException("nothing was written", e);
        }
    }

    private void into(WritableByteChannel out) throws IOException {
        ModelObject object = head.object();
        int cuts = 0;
        while (done < object.size()) {
            long before = done;
            try (InputStream in = open()) {
                copy(in, out);
            } catch (Cut e) {
                cuts = done > before ? 1 : cuts + 1;
                if (cuts > CUTS) {
                    throw new StoreException(
                            uri() + ": the connection is cut again and again at byte " + done + ": " + e.getMessage(),
                            0,
                            e);
                }
            }
        }
        String found = hash.hex();
        if (!expected.hex().isEmpty() && !found.equals(expected.hex())) {
            throw new StoreException(
                    uri() + ": what came has " + expected.algorithm() + " " + found + ", not " + expected.hex()
                            + "; the object is damaged: put it again",
                    0,
                    null);
        }
    }

    private String uri() {
        return bucket.uri(bucket.objectKey(head.object().key()));
    }

    private InputStream open() {
        String objectKey = bucket.objectKey(head.object().key());
        GetObjectRequest.Builder request = GetObjectRequest.builder()
                .bucket(bucket.name())
                .key(objectKey)
                .ifMatch("\"" + head.object().etag() + "\"");
        if (done > 0) {
            request.range("bytes=" + done + "-");
        }
        return bucket.calling("read", objectKey, () -> bucket.s3().getObject(request.build()));
    }

    private void copy(InputStream in, WritableByteChannel out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long size = head.object().size();
        while (true) {
            int count = read(in, buffer);
            if (count < 0) {
                if (done < size) {
                    throw new Cut(new IOException("it ends early"));
                }
                return;
            }
            if (done + count > size) {
                throw new StoreException(uri() + ": more comes than its " + size + " bytes", 0, null);
            }
            hash.update(buffer, 0, count);
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            done += count;
            options.listener().accept(new TransferProgress(head.object().key(), done, size));
        }
    }

    private static int read(InputStream in, byte[] buffer) throws Cut {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw new Cut(e);
        }
    }

    /** The connection's trouble, not the file's. */
    private static final class Cut extends IOException {
        private static final long serialVersionUID = 1L;

        Cut(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
