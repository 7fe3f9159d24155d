package io.github.comfyeks.graph.type;

/** {@code COMBO}: one of a list of choices. */
public interface ComboValue {}
