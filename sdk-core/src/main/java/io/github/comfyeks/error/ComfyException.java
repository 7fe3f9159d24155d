package io.github.comfyeks.error;

import org.jspecify.annotations.Nullable;

/**
 * The root of every exception that the SDK throws. Unchecked, because most callers can only report it; the children say
 * what can be done. A message says what happened, where, and what to do next, and never holds a credential.
 */
public abstract class ComfyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    protected ComfyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
