package io.github.comfyeks.workflow;

/**
 * A literal seed in a workflow: a number at an input named {@code seed} or {@code noise_seed}.
 *
 * @param nodeId the node
 * @param input the input's name
 * @param value a Long, or a BigInteger from 2^63 on
 */
public record Seed(String nodeId, String input, Number value) {}
