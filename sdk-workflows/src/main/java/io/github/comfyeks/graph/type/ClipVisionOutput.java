package io.github.comfyeks.graph.type;

/** {@code CLIP_VISION_OUTPUT}: what an image encoder made of an image. */
public interface ClipVisionOutput {}
