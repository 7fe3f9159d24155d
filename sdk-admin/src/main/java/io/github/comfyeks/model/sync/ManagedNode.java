package io.github.comfyeks.model.sync;

/**
 * A node as Systems Manager knows it. Immutable.
 *
 * @param id such as {@code i-0abc}
 * @param online whether its agent was heard of lately; another one cannot be reached
 * @param agentVersion of the Systems Manager agent
 */
public record ManagedNode(String id, boolean online, String agentVersion) {}
