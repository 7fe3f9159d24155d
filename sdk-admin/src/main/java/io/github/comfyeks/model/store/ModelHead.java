package io.github.comfyeks.model.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that the bucket says of one model ({@code HeadObject}). Immutable.
 *
 * @param object what a listing says too
 * @param checksums of the whole content, the most trusted one first
 * @param metadata of the user, such as {@code sha256}
 * @param versionId which version; empty in a bucket without versions
 */
public record ModelHead(
        ModelObject object, List<ModelChecksum> checksums, Map<String, String> metadata, String versionId) {
    public ModelHead {
        checksums = List.copyOf(checksums);
        metadata = Map.copyOf(metadata);
    }

    /** Of the content, in small hexadecimal digits, if the bucket knows it. */
    public Optional<String> sha256() {
        return checksums.stream()
                .filter(checksum -> checksum.algorithm() == ModelChecksum.Algorithm.SHA_256)
                .map(ModelChecksum::hex)
                .findFirst();
    }
}
