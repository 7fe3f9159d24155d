package io.github.comfyeks.error;

import java.time.Duration;

/** The server, or a proxy before it, answered with a status that is no success. */
public final class HttpStatusException extends ComfyException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String body;
    private final Duration retryAfter;

    public HttpStatusException(int status, String body, Duration retryAfter, String message) {
        super(message, null);
        this.status = status;
        this.body = body;
        this.retryAfter = retryAfter;
    }

    /** The HTTP status, 100 to 599. */
    public int status() {
        return status;
    }

    /** The beginning of the answer's body as text, up to 2,000 characters; empty if there was none. */
    public String body() {
        return body;
    }

    /** How long the server asked us to wait; zero if it did not say. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
