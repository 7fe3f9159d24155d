package io.github.comfyeks.graph.type;

/** {@code MASK}: one channel, 0 to 1. */
public interface Mask extends ImageOrMask {}
