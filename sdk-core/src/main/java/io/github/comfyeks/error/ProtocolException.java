package io.github.comfyeks.error;

import org.jspecify.annotations.Nullable;

/** An answer that is not what a ComfyUI server says, such as a proxy's HTML page under status 200. */
public final class ProtocolException extends ComfyException {
    private static final long serialVersionUID = 1L;

    public ProtocolException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
