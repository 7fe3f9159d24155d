package io.github.comfyeks.graph.type;

/** {@code SVG}: a vector image. */
public interface Svg {}
