package io.github.comfyeks.model.store.internal;

import io.github.comfyeks.model.store.ModelChecksum;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** A checksum in the making. For one thread at a time. */
public interface Hash {
    void update(byte[] bytes, int from, int length);

    /** The value of all bytes so far, in small hexadecimal digits; the last call. */
    String hex();

    static Hash of(ModelChecksum.Algorithm algorithm) {
        return switch (algorithm) {
            case SHA_256 -> digest("SHA-256");
            case SHA_1 -> digest("SHA-1");
            case MD5 -> digest("MD5");
            case CRC_32 -> checksum(new CRC32(), Integer.BYTES);
            case CRC_32C -> checksum(new CRC32C(), Integer.BYTES);
            case CRC_64_NVME -> checksum(new Crc64(), Long.BYTES);
        };
    }

    private static Hash digest(String name) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + name, e);
        }
        return new Hash() {
            @Override
            public void update(byte[] bytes, int from, int length) {
                digest.update(bytes, from, length);
            }

            @Override
            public String hex() {
                return HexFormat.of().formatHex(digest.digest());
            }
        };
    }

    private static Hash checksum(Checksum checksum, int size) {
        return new Hash() {
            @Override
            public void update(byte[] bytes, int from, int length) {
                checksum.update(bytes, from, length);
            }

            @Override
            public String hex() {
                byte[] value = ByteBuffer.allocate(Long.BYTES)
                        .putLong(checksum.getValue())
                        .array();
                return HexFormat.of().formatHex(value, Long.BYTES - size, Long.BYTES);
            }
        };
    }
}
