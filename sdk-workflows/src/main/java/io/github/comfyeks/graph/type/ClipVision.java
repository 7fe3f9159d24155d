package io.github.comfyeks.graph.type;

/** {@code CLIP_VISION}: an image encoder. */
public interface ClipVision {}
