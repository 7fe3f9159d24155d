package io.github.comfyeks.graph.type;

/** {@code STRING}: a text. */
public interface StringValue extends Primitive {}
