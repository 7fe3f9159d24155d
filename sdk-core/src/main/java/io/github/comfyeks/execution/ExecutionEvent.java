package io.github.comfyeks.execution;

import io.github.comfyeks.error.NodeFailure;
import io.github.comfyeks.output.NodeOutput;
import io.github.comfyeks.ref.ExecutionState;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a run. The last event is a {@link Ended} or, if this process let go of the run before its
 * end, a {@link Detached}; it comes once. Immutable, but for {@link Preview#bytes()}, which is not copied.
 *
 * <p>Progress, previews and positions may be left out for a consumer that is slower than they come; nothing else is.
 * Node ids are those of the submitted graph where the server tells them; nodes that a node made while running have ids
 * such as {@code 5.0.0.1}.
 */
public sealed interface ExecutionEvent {
    /** Whether a slow consumer may miss it. */
    default boolean isDroppable() {
        return false;
    }

    /** Whether it is the last one. */
    default boolean isLast() {
        return false;
    }

    /**
     * The server took the prompt.
     *
     * @param number its place in the queue's order: lower ones run first; NaN if the server was not heard to tell it
     */
    record Queued(double number) implements ExecutionEvent {}

    /**
     * Seen in the queue while it waits.
     *
     * @param position how many prompts will run before it, the running one included
     */
    record Position(int position) implements ExecutionEvent {
        @Override
        public boolean isDroppable() {
            return true;
        }
    }

    /** The run began. */
    record Started() implements ExecutionEvent {}

    /** These nodes are not run again, their results are known from an earlier run. */
    record NodesCached(List<String> nodeIds) implements ExecutionEvent {
        public NodesCached {
            nodeIds = List.copyOf(nodeIds);
        }
    }

    /**
     * A node begins.
     *
     * @param displayNodeId the node of the submitted graph that it belongs to
     */
    record NodeStarted(String nodeId, String displayNodeId) implements ExecutionEvent {}

    /**
     * A node is at this step.
     *
     * @param value steps done, 0 to {@code max}
     * @param progress of the whole run
     */
    record NodeProgress(String nodeId, double value, double max, Progress progress) implements ExecutionEvent {
        @Override
        public boolean isDroppable() {
            return true;
        }
    }

    /** A node is done. */
    record NodeFinished(String nodeId) implements ExecutionEvent {}

    /** A node left outputs for people: files, texts. Cached nodes tell those of the earlier run. */
    record NodeExecuted(String nodeId, String displayNodeId, NodeOutput output) implements ExecutionEvent {}

    /** A branch was blocked on purpose and its outputs are missing; the run goes on. */
    record NodeBlocked(NodeFailure reason) implements ExecutionEvent {}

    /**
     * An image of the work so far, or the result of a SaveImageWebsocket node, which sends its images this way and no other.
     *
     * @param nodeId the node, if the server named it
     * @param mediaType {@code image/jpeg}, {@code image/png} or another
     * @param bytes the encoded image; not copied
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Preview(Optional<String> nodeId, String mediaType, byte[] bytes) implements ExecutionEvent {
        @Override
        public boolean isDroppable() {
            return true;
        }
    }

    /** Text that a node shows about its progress. */
    record NodeText(String nodeId, String text) implements ExecutionEvent {
        @Override
        public boolean isDroppable() {
            return true;
        }
    }

    /** The run has ended. Last. */
    record Ended(ExecutionState state) implements ExecutionEvent {
        @Override
        public boolean isLast() {
            return true;
        }
    }

    /** This process follows the run no longer; on the server it goes on unless that was wished otherwise. Last. */
    record Detached(String reason) implements ExecutionEvent {
        @Override
        public boolean isLast() {
            return true;
        }
    }

    /** Whatever else there is or will be, such as events of custom nodes. Open, so that new kinds break no {@code switch}. */
    non-sealed class OtherEvent implements ExecutionEvent {
        private final String type;
        private final @Nullable Object data;

        public OtherEvent(String type, @Nullable Object data) {
            this.type = type;
            this.data = data;
        }

        /** The {@code type} on the wire. */
        public String type() {
            return type;
        }

        /** The {@code data} as plain JSON data: null, Boolean, Number, String, List or Map. */
        public @Nullable Object data() {
            return data;
        }

        @Override
        public String toString() {
            return "OtherEvent[" + type + "]";
        }
    }
}
