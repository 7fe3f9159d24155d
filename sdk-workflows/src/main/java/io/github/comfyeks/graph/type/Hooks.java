package io.github.comfyeks.graph.type;

/** {@code HOOKS}: changes of models during sampling. */
public interface Hooks {}
