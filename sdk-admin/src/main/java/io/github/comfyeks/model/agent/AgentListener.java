package io.github.comfyeks.model.agent;

/**
 * Watches an agent, for metrics, health and taints. Called by the agent's own threads, several at once; must return quickly. What it
 * throws is logged and does no harm.
 */
public interface AgentListener {
    /** Hears nothing. */
    AgentListener NONE = new AgentListener() {};

    /** Bytes came from the bucket. */
    default void onBytes(int count) {}

    /** A look at bucket and folder ended. */
    default void onReport(AgentReport report) {}

    /** All models are there that are needed before the node takes work. Once at most. */
    default void onReady() {}
}
