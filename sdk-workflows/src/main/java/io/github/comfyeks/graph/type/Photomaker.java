package io.github.comfyeks.graph.type;

/** {@code PHOTOMAKER}: a PhotoMaker model. */
public interface Photomaker {}
