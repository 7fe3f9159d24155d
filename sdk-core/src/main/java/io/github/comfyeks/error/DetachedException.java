package io.github.comfyeks.error;

import io.github.comfyeks.ref.ExecutionRef;

/**
 * This process let go of a run before it ended: the handle or the client was closed, its future was cancelled, or the
 * waiting thread was interrupted (its flag is set again). The run on the server goes on unless the caller chose otherwise.
 */
public final class DetachedException extends ComfyException {
    private static final long serialVersionUID = 1L;

    private final transient ExecutionRef ref;

    public DetachedException(ExecutionRef ref, String why) {
        super(why + "; attach to it again with its reference [run " + ref.promptId() + "]", null);
        this.ref = ref;
    }

    public ExecutionRef ref() {
        return ref;
    }
}
