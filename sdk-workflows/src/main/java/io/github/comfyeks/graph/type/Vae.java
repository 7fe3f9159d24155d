package io.github.comfyeks.graph.type;

/** {@code VAE}: an encoder and decoder between images and latents. */
public interface Vae {}
