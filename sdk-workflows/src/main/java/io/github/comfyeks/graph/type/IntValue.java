package io.github.comfyeks.graph.type;

/** {@code INT}: a whole number. */
public interface IntValue extends IntOrFloat {}
