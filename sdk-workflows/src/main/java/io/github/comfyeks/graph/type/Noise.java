package io.github.comfyeks.graph.type;

/** {@code NOISE}: a source of noise. */
public interface Noise {}
