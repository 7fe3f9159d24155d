package io.github.comfyeks.ref;

/** Where a run stands. Each run ends in exactly one of the terminal states, once. */
public enum ExecutionState {
    /** Accepted or about to be; waits for its turn. */
    QUEUED,
    /** The server works on it. */
    RUNNING,
    /** Ended well; its outputs are known. */
    SUCCEEDED,
    /** A node raised an exception. Outputs made before it may exist. */
    FAILED,
    /** Stopped by an interrupt, or taken out of the queue by this client. */
    INTERRUPTED,
    /** In neither queue nor history, seen twice: the server was restarted, somebody deleted it, or another pod has it. */
    LOST;

    /** Whether a run in this state can still change. */
    public boolean isTerminal() {
        return this != QUEUED && this != RUNNING;
    }
}
