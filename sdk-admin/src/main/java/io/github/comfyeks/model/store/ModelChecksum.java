package io.github.comfyeks.model.store;

/**
 * What the bucket says of an object's content, so that a copy can be proved. Immutable.
 *
 * @param algorithm how it is computed
 * @param hex the value, in small hexadecimal digits
 */
public record ModelChecksum(Algorithm algorithm, String hex) {
    /** Ways to compute a checksum of a whole object. */
    public enum Algorithm {
        SHA_256,
        SHA_1,
        CRC_64_NVME,
        CRC_32C,
        CRC_32,
        MD5
    }
}
