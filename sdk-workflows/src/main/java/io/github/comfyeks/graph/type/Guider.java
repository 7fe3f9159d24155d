package io.github.comfyeks.graph.type;

/** {@code GUIDER}: how a sampler is guided. */
public interface Guider {}
