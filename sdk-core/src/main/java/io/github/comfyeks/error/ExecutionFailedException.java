package io.github.comfyeks.error;

import io.github.comfyeks.ref.ExecutionRef;

/** A node raised an exception, and the run ended FAILED. */
public final class ExecutionFailedException extends ComfyException {
    private static final long serialVersionUID = 1L;

    private final transient ExecutionRef ref;
    private final transient NodeFailure failure;

    public ExecutionFailedException(ExecutionRef ref, NodeFailure failure) {
        super(
                failure.describe()
                        + (failure.isOutOfMemory() ? "; make the image or batch smaller, or use a larger GPU" : "")
                        + " [run " + ref.promptId() + "]",
                null);
        this.ref = ref;
        this.failure = failure;
    }

    public ExecutionRef ref() {
        return ref;
    }

    /** The node, its class, the Python exception, its traceback and the node's inputs. */
    public NodeFailure failure() {
        return failure;
    }
}
