package io.github.comfyeks.model.store.internal;

import io.github.comfyeks.model.store.ModelChecksum;
import io.github.comfyeks.model.store.ModelChecksum.Algorithm;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** The checksums of a whole object in S3's answer, the most trusted one first. */
public final class Checksums {
    /** The user metadata that holds an object's SHA-256, in hexadecimal digits. */
    public static final String METADATA = "sha256";

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");

    private Checksums() {}

    /** Our own SHA-256, S3's full-object checksums, and the ETag where it is the content's MD5. */
    public static List<ModelChecksum> of(HeadObjectResponse head) {
        List<ModelChecksum> found = new ArrayList<>();
        String own = head.metadata().getOrDefault(METADATA, "");
        if (SHA_256.matcher(own).matches()) {
            found.add(new ModelChecksum(Algorithm.SHA_256, own.toLowerCase(Locale.ROOT)));
        }
        if (head.checksumType() != ChecksumType.COMPOSITE) {
            add(found, Algorithm.SHA_256, head.checksumSHA256());
            add(found, Algorithm.SHA_1, head.checksumSHA1());
            add(found, Algorithm.CRC_64_NVME, head.checksumCRC64NVME());
            add(found, Algorithm.CRC_32C, head.checksumCRC32C());
            add(found, Algorithm.CRC_32, head.checksumCRC32());
        }
        String etag = Buckets.unquoted(head.eTag());
        if (MD5.matcher(etag).matches() && hasMd5Etag(head)) {
            found.add(new ModelChecksum(Algorithm.MD5, etag));
        }
        return List.copyOf(found);
    }

    /** Composite checksums of uploads in parts end in a dash and a number; they are of no use here. */
    private static void add(List<ModelChecksum> to, Algorithm algorithm, @Nullable String base64) {
        if (base64 != null && base64.indexOf('-') < 0) {
            to.add(new ModelChecksum(
                    algorithm, HexFormat.of().formatHex(Base64.getDecoder().decode(base64))));
        }
    }

    /** What a key of KMS or of the customer encrypts has an ETag that looks like an MD5 and is none. */
    private static boolean hasMd5Etag(HeadObjectResponse head) {
        ServerSideEncryption encryption = head.serverSideEncryption();
        return head.sseCustomerAlgorithm() == null && (encryption == null || encryption == ServerSideEncryption.AES256);
    }
}
