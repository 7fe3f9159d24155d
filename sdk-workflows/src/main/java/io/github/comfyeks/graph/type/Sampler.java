package io.github.comfyeks.graph.type;

/** {@code SAMPLER}: a sampling method. */
public interface Sampler {}
