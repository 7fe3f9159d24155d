package io.github.comfyeks.error;

import io.github.comfyeks.ref.ExecutionRef;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A limit that the caller set was reached. What runs on the server goes on, unless the caller chose otherwise. */
public final class LimitReachedException extends ComfyException {
    private static final long serialVersionUID = 1L;

    private final Limit limit;
    private final transient @Nullable ExecutionRef ref;

    public LimitReachedException(Limit limit, String message, @Nullable ExecutionRef ref, @Nullable Throwable cause) {
        super(message, cause);
        this.limit = limit;
        this.ref = ref;
    }

    /** Which limit. */
    public Limit limit() {
        return limit;
    }

    /** The run that it was about, if any: attach to it to go on waiting. */
    public Optional<ExecutionRef> ref() {
        return Optional.ofNullable(ref);
    }
}
