package io.github.comfyeks.model.store.internal;

import io.github.comfyeks.error.LocalFileException;
import io.github.comfyeks.model.store.ModelChecksum.Algorithm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * A file in the parts in which it is sent, with the SHA-256 of all and of each, read in one pass. S3 refuses what does not fit these, so
 * that a file that changes while it is sent cannot arrive.
 *
 * @param file where it is
 * @param size in bytes
 * @param partSize of all parts but the last
 * @param sha256 of the whole, in hexadecimal digits
 * @param partSha256 of each part, in hexadecimal digits; at least one
 */
public record FileParts(Path file, long size, long partSize, String sha256, List<String> partSha256) {
    private static final int MOST_PARTS = 10_000;
    private static final int BUFFER = 1 << 20;

    /** @throws LocalFileException if it cannot be read */
    public static FileParts of(Path file, long wantedPartSize) {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            long expected = Files.size(file);
            long partSize = Math.max(wantedPartSize, (expected + MOST_PARTS - 1) / MOST_PARTS);
            Hash whole = Hash.of(Algorithm.SHA_256);
            List<String> parts = new ArrayList<>();
            long size = 0;
            while (true) {
                Hash part = Hash.of(Algorithm.SHA_256);
                long read = part(in, buffer, partSize, expected > partSize ? part : whole, whole);
                size += read;
                if (expected <= partSize) {
                    String only = whole.hex();
                    return checked(new FileParts(file, size, partSize, only, List.of(only)), expected);
                }
                if (read > 0) {
                    parts.add(part.hex());
                }
                if (read < partSize) {
                    return checked(new FileParts(file, size, partSize, whole.hex(), List.copyOf(parts)), expected);
                }
            }
        } catch (NoSuchFileException e) {
            throw new LocalFileException(file + " is not there", e);
        } catch (IOException e) {
            throw new LocalFileException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static long part(InputStream in, byte[] buffer, long length, Hash part, Hash whole) throws IOException {
        long read = 0;
        while (read < length) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, length - read));
            if (count < 0) {
                break;
            }
            whole.update(buffer, 0, count);
            if (part != whole) {
                part.update(buffer, 0, count);
            }
            read += count;
        }
        return read;
    }

    private static FileParts checked(FileParts parts, long expected) {
        if (parts.size != expected) {
            throw new LocalFileException(parts.file + " changes while it is read; send it when it is whole", null);
        }
        return parts;
    }

    public int count() {
        return partSha256.size();
    }

    /** How many bytes this part has, of which the first is number 1. */
    long length(int number) {
        return number == count() ? size - (count() - 1) * partSize : partSize;
    }

    /** The bytes of this part; can be had again. */
    InputStream open(int number) {
        try {
            FileChannel channel = FileChannel.open(file);
            channel.position((number - 1) * partSize);
            return new Limited(Channels.newInputStream(channel), length(number));
        } catch (IOException e) {
            throw new LocalFileException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    String partBase64(int number) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(partSha256.get(number - 1)));
    }

    /** The MD5 of a part, which S3 shows as its ETag. */
    String partMd5(int number) {
        byte[] buffer = new byte[BUFFER];
        Hash md5 = Hash.of(Algorithm.MD5);
        try (InputStream in = open(number)) {
            part(in, buffer, length(number), md5, md5);
        } catch (IOException e) {
            throw new LocalFileException(file + " cannot be read: " + e.getMessage(), e);
        }
        return md5.hex();
    }
}
