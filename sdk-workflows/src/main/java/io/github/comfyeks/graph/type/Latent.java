package io.github.comfyeks.graph.type;

/** {@code LATENT}: an image in the space of a VAE. */
public interface Latent {}
