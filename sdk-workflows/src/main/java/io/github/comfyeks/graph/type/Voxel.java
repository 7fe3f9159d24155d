package io.github.comfyeks.graph.type;

/** {@code VOXEL}: a volume. */
public interface Voxel {}
