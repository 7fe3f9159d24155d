package io.github.comfyeks.model.sync;

import java.util.Set;

/**
 * What became of one node. Immutable.
 *
 * @param node its id in Systems Manager, such as {@code i-0abc}
 * @param status Systems Manager's status in detail: {@code Success}, {@code Failed}, {@code ExecutionTimedOut}, {@code Undeliverable},
 *     {@code InProgress} and so on
 * @param exitCode of the node's shell; -1 if it did not end
 * @param output what it wrote: the agent's status as JSON; Systems Manager keeps the first 2,500 characters
 * @param error what it wrote to its error output
 */
public record NodeOutcome(String node, String status, int exitCode, String output, String error) {
    private static final Set<String> OPEN = Set.of("Pending", "InProgress", "Delayed", "Cancelling");

    /** Whether the node reached the generation. */
    public boolean isSuccess() {
        return status.equals("Success");
    }

    /** Whether nothing more will become of it. */
    public boolean hasEnded() {
        return !OPEN.contains(status);
    }

    /** Node, status, and what it wrote last if it failed. */
    @Override
    public String toString() {
        String last = error.strip();
        return node + ": " + status
                + (isSuccess() || last.isEmpty() ? "" : ": " + last.lines().reduce("", (a, b) -> b));
    }
}
