package io.github.comfyeks.error;

import org.jspecify.annotations.Nullable;

/** A file of this machine could not be read or written: missing, unwritable, disk full, or a hostile name. */
public final class LocalFileException extends ComfyException {
    private static final long serialVersionUID = 1L;

    public LocalFileException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
