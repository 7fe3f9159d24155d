package io.github.comfyeks.testing.internal.files;

import java.time.Instant;
import okio.ByteString;

/** A file of the fake server. */
public record StoredFile(ByteString bytes, Instant modified) {

    /** The ETag that aiohttp makes: time in nanoseconds and size, in hexadecimal. */
    public String etag() {
        long nanos = modified.getEpochSecond() * 1_000_000_000L + modified.getNano();
        return '"' + Long.toHexString(nanos) + '-' + Long.toHexString(bytes.size()) + '"';
    }
}
