package io.github.comfyeks.error;

/** This server's version lacks what was asked for, and doing it another way could harm somebody else's work. */
public final class UnsupportedByServerException extends ComfyException {
    private static final long serialVersionUID = 1L;

    public UnsupportedByServerException(String message) {
        super(message, null);
    }
}
