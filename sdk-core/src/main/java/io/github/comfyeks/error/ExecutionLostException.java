package io.github.comfyeks.error;

import io.github.comfyeks.ref.ExecutionRef;

/** The run is in neither queue nor history, seen twice. It will not come back; submit it again if it is still wanted. */
public final class ExecutionLostException extends ComfyException {
    private static final long serialVersionUID = 1L;

    private final transient ExecutionRef ref;

    public ExecutionLostException(ExecutionRef ref, String reasons) {
        super(
                "the run is in neither the queue nor the history of " + ref.server() + ": " + reasons + " [run "
                        + ref.promptId() + "]",
                null);
        this.ref = ref;
    }

    public ExecutionRef ref() {
        return ref;
    }
}
