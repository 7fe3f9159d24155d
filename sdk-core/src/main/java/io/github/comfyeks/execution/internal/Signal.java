package io.github.comfyeks.execution.internal;

import io.github.comfyeks.error.NodeFailure;
import io.github.comfyeks.server.HistoryEntry;

/** What the tracker of one run is fed with. Hints come from the socket, looks from history, queue and jobs. */
sealed interface Signal {
    /** Signals without content. */
    enum Simple implements Signal {
        /** An event says that the run has begun or goes on. */
        RUNS,
        /** {@code execution_success}: history follows (E4). */
        HINT_SUCCESS,
        /** {@code execution_interrupted}. */
        HINT_INTERRUPTED,
        /** {@code executing} without node: history is written (E4). */
        HINT_END,
        /** Events may have been missed: no socket, or another one, for a while. */
        GAP,
        /** Seen in the server's queue as waiting. */
        SEEN_WAITING,
        /** Seen in the server's queue as running. */
        SEEN_RUNNING,
        /** Not in history; the queue was not looked at. */
        NOT_IN_HISTORY,
        /** In neither: the queue was looked at first, history after it, both answered. */
        ABSENT,
        /** The look failed: it says nothing. */
        LOOK_FAILED,
        /** The server took our own wish to delete the waiting run. */
        DELETED_BY_US
    }

    /** {@code execution_error} that is no blocked output (E14). */
    record HintFailure(NodeFailure failure) implements Signal {}

    /** Found in history. */
    record Ended(HistoryEntry entry) implements Signal {}
}
