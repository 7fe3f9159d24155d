package io.github.comfyeks.graph.type;

/** {@code IMAGE,MASK}: either. */
public interface ImageOrMask {}
