package io.github.comfyeks.graph.type;

/** {@code LATENT_OPERATION}: an operation on latents. */
public interface LatentOperation {}
