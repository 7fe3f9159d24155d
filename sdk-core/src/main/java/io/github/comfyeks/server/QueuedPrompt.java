package io.github.comfyeks.server;

import io.github.comfyeks.ref.PromptId;

/**
 * One prompt in the server's queue, without its graph. Immutable.
 *
 * @param promptId its id; the server takes the same id twice, and then lists it twice
 * @param number its number in the queue: lower ones run first, equal ones in the order of their ids
 */
public record QueuedPrompt(PromptId promptId, double number) {}
