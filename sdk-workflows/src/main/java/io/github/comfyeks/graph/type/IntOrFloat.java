package io.github.comfyeks.graph.type;

/** {@code FLOAT,INT}: any number. */
public interface IntOrFloat extends IntOrFloatOrBoolean {}
