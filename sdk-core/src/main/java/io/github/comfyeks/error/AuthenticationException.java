package io.github.comfyeks.error;

/**
 * The server or a proxy refused the credentials, or wants some: HTTP 401, 403 or 407. A run that is followed is let go with this
 * once every look at it has been refused for as long as reads are retried, and at least two seconds; on the server it goes on.
 */
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
