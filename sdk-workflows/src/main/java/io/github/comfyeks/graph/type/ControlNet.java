package io.github.comfyeks.graph.type;

/** {@code CONTROL_NET}: a model that guides by an image. */
public interface ControlNet {}
