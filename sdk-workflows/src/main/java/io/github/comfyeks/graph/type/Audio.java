package io.github.comfyeks.graph.type;

/** {@code AUDIO}: a sound. */
public interface Audio {}
