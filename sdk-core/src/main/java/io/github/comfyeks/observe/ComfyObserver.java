package io.github.comfyeks.observe;

import io.github.comfyeks.ref.ExecutionState;
import io.github.comfyeks.ref.PromptId;
import java.time.Duration;

/**
 * Told what the client does, for metrics, traces and logs. Every method has an empty default.
 *
 * <p>Calls come from the client's own threads, several at once, and must return fast: an observer that blocks slows the
 * client down. What it throws is logged and otherwise ignored. Nothing that it is told holds a credential.
 */
public interface ComfyObserver {
    /** An observer that does nothing. */
    ComfyObserver NONE = new ComfyObserver() {};

    /**
     * An HTTP request has been answered or has failed.
     *
     * @param route method and path without query, such as {@code GET /history/{id}}; ids are replaced so that the text
     *     can serve as a metric's label
     * @param status the HTTP status; 0 if no answer came
     * @param elapsed from the first byte sent to the answer's head
     */
    default void onRequest(String route, int status, Duration elapsed) {}

    /**
     * A request will be sent again.
     *
     * @param attempt the attempt that failed, from 1
     * @param delay how long the client waits before the next
     * @param reason why, in words
     */
    default void onRetry(String route, int attempt, Duration delay, String reason) {}

    /** Bytes were read from or written to the server as a body. */
    default void onBytes(long read, long written) {}

    /** The event socket is open and the server has greeted it. */
    default void onSocketOpen() {}

    /** There is no event socket, for this reason; runs are followed by looking until there is one again. */
    default void onSocketDown(String reason) {}

    /** A socket is open but events of a moving queue did not come; it will be opened anew. */
    default void onSocketSuspect(String reason) {}

    /** Something waits, nothing runs and nothing has moved for this long: the server's worker may be dead. */
    default void onQueueStalled(int waiting, Duration elapsed) {}

    /** A run changed its state. */
    default void onStateChange(PromptId promptId, ExecutionState from, ExecutionState to) {}
}
