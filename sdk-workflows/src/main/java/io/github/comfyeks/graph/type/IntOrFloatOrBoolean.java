package io.github.comfyeks.graph.type;

/** {@code FLOAT,INT,BOOLEAN}: a number or a truth value. */
public interface IntOrFloatOrBoolean extends Primitive {}
