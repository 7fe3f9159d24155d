package io.github.comfyeks.graph.type;

/** {@code IMAGE}: one image or a batch of them, RGB. */
public interface Image extends ImageOrMask {}
