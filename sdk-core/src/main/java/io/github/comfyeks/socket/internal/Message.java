package io.github.comfyeks.socket.internal;

import io.github.comfyeks.error.NodeFailure;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one frame of {@code /ws} says. Node ids are those of the event: inside an expansion such as {@code 5.0.0.1} (E13). */
public sealed interface Message {
    /** The prompt that it is about; null where the server names none (E1, E3, E9). */
    default @Nullable String promptId() {
        return null;
    }

    /** Whether the server is done with the prompt, as far as it tells; a blocked output is no end (E14). */
    default boolean isEnd() {
        return this instanceof Succeeded
                || this instanceof Interrupted
                || (this instanceof Failed failed && !failed.isBlocked())
                || (this instanceof Executing executing && executing.node() == null);
    }

    /** {@code status}; the first one on a socket has the {@code sid}. */
    record Status(int queueRemaining, @Nullable String sid) implements Message {}

    /** {@code execution_start}. */
    record Started(String promptId) implements Message {}

    /** {@code execution_cached}. */
    record Cached(String promptId, List<String> nodes) implements Message {}

    /** {@code executing}; node null: the run has left the server's hands, history is written (E4). */
    record Executing(
            @Nullable String promptId,
            @Nullable String node,
            @Nullable String displayNode) implements Message {}

    /** {@code progress}. */
    record NodeProgress(@Nullable String promptId, @Nullable String node, double value, double max)
            implements Message {}

    /** One node of a {@code progress_state}. */
    record NodeState(String node, @Nullable String displayNode, double value, double max, String state) {}

    /** {@code progress_state}: every node started so far. */
    record ProgressState(String promptId, List<NodeState> nodes) implements Message {}

    /** {@code executed}: a node's UI output as plain data; null for a cached node without UI (E12). */
    record Executed(
            String promptId,
            String node,
            @Nullable String displayNode,
            @Nullable Map<String, Object> output) implements Message {}

    /** {@code execution_success}. */
    record Succeeded(String promptId) implements Message {}

    /** {@code execution_error}; of type ExecutionBlocked the run goes on (E14). */
    record Failed(String promptId, NodeFailure failure) implements Message {
        public boolean isBlocked() {
            return failure.exceptionType().equals("ExecutionBlocked");
        }
    }

    /** {@code execution_interrupted}. */
    record Interrupted(String promptId, @Nullable String node) implements Message {}

    /** Binary 1 (no prompt, no node named) and 4 (both named): an image of the work so far, or of SaveImageWebsocket. */
    @SuppressWarnings("ArrayRecordComponent") // image bytes, compared by nobody
    record Preview(
            @Nullable String promptId,
            @Nullable String node,
            @Nullable String displayNode,
            String mediaType,
            byte[] bytes)
            implements Message {}

    /** Binary 3: text that a node shows about its progress; names no prompt. */
    record Text(String node, String text) implements Message {}

    /** Anything else: {@code feature_flags}, {@code notification}, what custom nodes send; data is any JSON (E7). */
    record Other(
            String type,
            @Nullable String promptId,
            @Nullable Object data) implements Message {}

    /** A binary frame of a kind that no known version sends. */
    @SuppressWarnings("ArrayRecordComponent")
    record UnknownBinary(int kind, byte[] bytes) implements Message {}
}
