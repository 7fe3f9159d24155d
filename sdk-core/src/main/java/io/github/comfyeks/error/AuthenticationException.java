package io.github.comfyeks.error;

/** The server or a proxy refused the credentials, or wants some: HTTP 401, 403 or 407. */
public final class AuthenticationException extends ComfyException {
    private static final long serialVersionUID = 1L;

    private final int status;

    public AuthenticationException(int status, String message) {
        super(message, null);
        this.status = status;
    }

    /** 401, 403 or 407. */
    public int status() {
        return status;
    }
}
