package io.github.comfyeks.model.sync;

import io.github.comfyeks.error.ComfyException;
import org.jspecify.annotations.Nullable;

/** Systems Manager could not be used: not reached, not allowed, or without the document. The message says what to do. */
public final class SyncException extends ComfyException {
    private static final long serialVersionUID = 1L;

    public SyncException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
