package io.github.comfyeks.model.store;

import io.github.comfyeks.error.ComfyException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Another administrator has the bucket's lock, or took it over. Nothing is harmed: try again when that one is done. */
public final class LockedException extends ComfyException {
    private static final long serialVersionUID = 1L;

    private final String owner;
    private final Instant until;

    public LockedException(String message, String owner, Instant until, @Nullable Throwable cause) {
        super(message, cause);
        this.owner = owner;
        this.until = until;
    }

    /** Who has it. */
    public String owner() {
        return owner;
    }

    /** When it may be taken over unless it is renewed. */
    public Instant until() {
        return until;
    }
}
