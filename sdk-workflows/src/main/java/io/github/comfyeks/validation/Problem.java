package io.github.comfyeks.validation;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a workflow, or hardly meant. Immutable.
 *
 * @param code what kind of problem
 * @param isError whether the server refuses the workflow for it, or runs it in part only; else it is a warning
 * @param nodeId the node; empty if it is about the whole workflow
 * @param title what the node is called in the editor; empty if it has no name of its own
 * @param classType the node's class; empty if it names none
 * @param input the input at fault as it is sent, with dots if it is a nested one; empty if it is about the node
 * @param value the value at fault as plain data; null if there is none, or it is null
 * @param limit what it should keep to: a bound, a step, or the wanted type; null if nothing of that kind
 * @param choices how many choices the input has; 0 if that is not the point
 * @param nearest the names most like what was given, best first
 * @param certain whether the server's own rules decide it; false where a custom node may bring a check of its own, which
 *     {@code /object_info} does not tell
 * @param message one sentence: node, class, input, what is wrong, what would be right
 */
public record Problem(
        ProblemCode code,
        boolean isError,
        String nodeId,
        String title,
        String classType,
        String input,
        @Nullable Object value,
        @Nullable Object limit,
        int choices,
        List<String> nearest,
        boolean certain,
        String message) {
    public Problem {
        nearest = List.copyOf(nearest);
    }

    /** The value at fault; empty if there is none, or it is null. */
    public Optional<Object> valueGiven() {
        return Optional.ofNullable(value);
    }

    /** The same as a warning. */
    Problem asWarning() {
        return isError
                ? new Problem(
                        code, false, nodeId, title, classType, input, value, limit, choices, nearest, certain, message)
                : this;
    }

    /** The message. */
    @Override
    public String toString() {
        return message;
    }
}
