package io.github.comfyeks.file;

/**
 * How much of a file is taken before it is held for hostile. Immutable.
 *
 * <p>Memory stays within a small multiple of {@code metadataBytes}, whatever the file says of itself. What JSON may hold is
 * limited apart from these: 500 levels and two million values.
 *
 * @param metadataBytes the most text that metadata may come to, inflated, all together; for JSON files the size of the file
 * @param streamBytes how far a stream is read; files on disk are not limited, since what is no metadata is seeked over
 */
public record ReadLimits(long metadataBytes, long streamBytes) {
    private static final ReadLimits DEFAULTS = new ReadLimits(64L << 20, 8L << 30);

    public ReadLimits {
        if (metadataBytes < 1 || metadataBytes > 1 << 30) {
            throw new IllegalArgumentException("metadataBytes must be 1 to " + (1 << 30) + ", got " + metadataBytes);
        }
        if (streamBytes < 1) {
            throw new IllegalArgumentException("streamBytes must be positive, got " + streamBytes);
        }
    }

    /** 64 MiB of metadata, 8 GiB of a stream. */
    public static ReadLimits defaults() {
        return DEFAULTS;
    }

    /** A copy with another limit of metadata. */
    public ReadLimits withMetadataBytes(long bytes) {
        return new ReadLimits(bytes, streamBytes);
    }

    /** A copy with another limit of streams. */
    public ReadLimits withStreamBytes(long bytes) {
        return new ReadLimits(metadataBytes, bytes);
    }
}
