package io.github.comfyeks.graph.type;

/** {@code MODEL}: a diffusion model. */
public interface Model {}
