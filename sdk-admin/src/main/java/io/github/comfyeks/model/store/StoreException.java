package io.github.comfyeks.model.store;

import io.github.comfyeks.error.ComfyException;
import org.jspecify.annotations.Nullable;

/**
 * The bucket could not be used: not reached, not allowed, not there, or what it gave is not what it said. The message names bucket and
 * key and what to do.
 */
public final class StoreException extends ComfyException {
    private static final long serialVersionUID = 1L;

    private final int status;

    public StoreException(String message, int status, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /** The HTTP status of S3's answer; 0 if there was none. */
    public int status() {
        return status;
    }
}
