package io.github.comfyeks.graph.type;

/** {@code MESH}: a surface in space. */
public interface Mesh {}
