package io.github.comfyeks.workflow;

/**
 * A node before it has an id: what a typed graph is made of. By it a run's outputs are asked for without knowing ids, see {@link
 * Workflow#idOf(NodeHandle)}. Each handle is equal to itself only.
 */
public interface NodeHandle {}
