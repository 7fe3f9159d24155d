package io.github.comfyeks.graph.type;

/** {@code UPSCALE_MODEL}: a model that enlarges images. */
public interface UpscaleModel {}
