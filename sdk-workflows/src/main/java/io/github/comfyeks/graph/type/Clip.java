package io.github.comfyeks.graph.type;

/** {@code CLIP}: a text encoder. */
public interface Clip {}
