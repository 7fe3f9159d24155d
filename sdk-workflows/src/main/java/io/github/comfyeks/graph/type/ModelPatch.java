package io.github.comfyeks.graph.type;

/** {@code MODEL_PATCH}: a patch for a diffusion model. */
public interface ModelPatch {}
