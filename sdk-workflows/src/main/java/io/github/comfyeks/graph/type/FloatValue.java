package io.github.comfyeks.graph.type;

/** {@code FLOAT}: a number. */
public interface FloatValue extends IntOrFloat {}
