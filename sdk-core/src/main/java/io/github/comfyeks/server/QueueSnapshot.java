package io.github.comfyeks.server;

import java.util.List;

/**
 * The server's queue at one moment: {@code GET /queue}, everybody's prompts. Immutable.
 *
 * @param running what runs now, mostly one or none
 * @param pending what waits, in the order in which the server will run it
 */
public record QueueSnapshot(List<QueuedPrompt> running, List<QueuedPrompt> pending) {
    public QueueSnapshot {
        running = List.copyOf(running);
        pending = List.copyOf(pending);
    }
}
