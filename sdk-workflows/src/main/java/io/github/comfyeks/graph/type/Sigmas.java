package io.github.comfyeks.graph.type;

/** {@code SIGMAS}: a schedule of noise. */
public interface Sigmas {}
