package io.github.comfyeks.graph.type;

/** {@code VIDEO}: moving images, perhaps with sound. */
public interface Video {}
