package io.github.comfyeks.model.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.model.store.ModelChecksum;
import io.github.comfyeks.model.store.ModelChecksum.Algorithm;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

class HashTest {
    private static final String MD5 = "900150983cd24fb0d6963f7d28e17f72";

    @ParameterizedTest
    @CsvSource({
        "SHA_256, 15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225",
        "SHA_1, f7c3bc1d808e04732adf679965ccc34ca7ae3441",
        "CRC_64_NVME, ae8b14860a799888",
        "CRC_32C, e3069283",
        "CRC_32, cbf43926",
        "MD5, 25f9e794323b453885f5181f1b624d0b"
    })
    void knownValuesComeOut(Algorithm algorithm, String hex) {
        Hash hash = Hash.of(algorithm);
        hash.update("123456789".getBytes(StandardCharsets.US_ASCII), 0, 9);
        assertThat(hash.hex()).isEqualTo(hex);
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void piecesMakeTheSameAsTheWhole(Algorithm algorithm) {
        byte[] content = new byte[10_007];
        new Random(1).nextBytes(content);
        Hash whole = Hash.of(algorithm);
        whole.update(content, 0, content.length);
        Hash pieces = Hash.of(algorithm);
        for (int at = 0, step = 1; at < content.length; at += step, step = Math.min(step + 3, content.length - at)) {
            pieces.update(content, at, Math.min(step, content.length - at));
        }
        assertThat(pieces.hex()).isEqualTo(whole.hex());
    }

    private static HeadObjectResponse.Builder head() {
        return HeadObjectResponse.builder().eTag("\"" + MD5 + "\"");
    }

    @Test
    void ourOwnChecksumCountsFirstThenS3sThenTheEtag() {
        HeadObjectResponse head = head().metadata(Map.of("sha256", "A".repeat(64)))
                .checksumCRC64NVME("rosUhgp5mIg=")
                .build();
        assertThat(Checksums.of(head))
                .containsExactly(
                        new ModelChecksum(Algorithm.SHA_256, "a".repeat(64)),
                        new ModelChecksum(Algorithm.CRC_64_NVME, "ae8b14860a799888"),
                        new ModelChecksum(Algorithm.MD5, MD5));
    }

    @Test
    void checksumsOfPartsAreNoneOfTheWhole() {
        HeadObjectResponse head = head().eTag("\"" + MD5 + "-2\"")
                .checksumSHA256("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=-2")
                .checksumType(ChecksumType.COMPOSITE)
                .build();
        assertThat(Checksums.of(head)).isEmpty();
    }

    @Test
    void anEtagUnderAKeyOfKmsIsNoMd5() {
        assertThat(Checksums.of(head().serverSideEncryption(ServerSideEncryption.AWS_KMS)
                        .build()))
                .isEmpty();
        assertThat(Checksums.of(
                        head().serverSideEncryption(ServerSideEncryption.AES256).build()))
                .hasSize(1);
    }
}
