package io.github.comfyeks.graph.type;

/** {@code BOOLEAN}: true or false. */
public interface BooleanValue extends IntOrFloatOrBoolean {}
