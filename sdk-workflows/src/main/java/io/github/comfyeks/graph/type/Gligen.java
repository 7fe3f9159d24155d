package io.github.comfyeks.graph.type;

/** {@code GLIGEN}: a model that places things. */
public interface Gligen {}
