package io.github.comfyeks.error;

import io.github.comfyeks.ref.ExecutionRef;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The server could not be reached, or the connection broke before the whole answer was there. */
public final class ConnectionException extends ComfyException {
    private static final long serialVersionUID = 1L;

    private final boolean mayHaveArrived;
    private final transient @Nullable ExecutionRef ref;

    public ConnectionException(String message, boolean mayHaveArrived, @Nullable Throwable cause) {
        this(message, mayHaveArrived, null, cause);
    }

    public ConnectionException(
            String message, boolean mayHaveArrived, @Nullable ExecutionRef ref, @Nullable Throwable cause) {
        super(message, cause);
        this.mayHaveArrived = mayHaveArrived;
        this.ref = ref;
    }

    /**
     * Whether the request may have reached the server. {@code false} means that it was definitely not sent; a read can be
     * repeated either way.
     */
    public boolean mayHaveArrived() {
        return mayHaveArrived;
    }

    /** The run that the request would have started, if it was a submission: attach to it later to learn its fate. */
    public Optional<ExecutionRef> ref() {
        return Optional.ofNullable(ref);
    }
}
