package io.github.comfyeks.faults;

import io.github.comfyeks.error.AuthenticationException;
import io.github.comfyeks.error.ExecutionLostException;
import io.github.comfyeks.error.Limit;
import io.github.comfyeks.error.LimitReachedException;

/** How a run ends for its caller. */
enum End {
    SUCCEEDED,
    LOST,
    QUEUED_LIMIT,
    REFUSED,
    /** Never right. */
    OTHER;

    static End of(RuntimeException failure) {
        if (failure instanceof ExecutionLostException) {
            return LOST;
        }
        if (failure instanceof LimitReachedException reached && reached.limit() == Limit.QUEUED) {
            return QUEUED_LIMIT;
        }
        return failure instanceof AuthenticationException ? REFUSED : OTHER;
    }
}
