package io.github.comfyeks.graph.type;

/** {@code STYLE_MODEL}: a model of styles. */
public interface StyleModel {}
