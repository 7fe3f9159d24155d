package io.github.comfyeks.model.file;

import io.github.comfyeks.error.ComfyException;
import org.jspecify.annotations.Nullable;

/** A model file is not what its name says: damaged, cut off, or made to do harm. */
public final class ModelFileException extends ComfyException {
    private static final long serialVersionUID = 1L;

    public ModelFileException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
