package io.github.comfyeks.graph.type;

/** {@code LATENT_UPSCALE_MODEL}: a model that enlarges latents. */
public interface LatentUpscaleModel {}
