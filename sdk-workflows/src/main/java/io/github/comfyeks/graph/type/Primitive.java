package io.github.comfyeks.graph.type;

/** {@code INT,FLOAT,STRING,BOOLEAN}: what a person can type. */
public interface Primitive {}
