package io.github.comfyeks.error;

import io.github.comfyeks.ref.ExecutionRef;

/** The run was interrupted, or taken out of the queue by this client before it began. */
public final class ExecutionInterruptedException extends ComfyException {
    private static final long serialVersionUID = 1L;

    private final transient ExecutionRef ref;

    public ExecutionInterruptedException(ExecutionRef ref, String how) {
        super(how + " [run " + ref.promptId() + "]", null);
        this.ref = ref;
    }

    public ExecutionRef ref() {
        return ref;
    }
}
