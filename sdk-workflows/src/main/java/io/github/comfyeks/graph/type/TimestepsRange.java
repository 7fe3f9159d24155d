package io.github.comfyeks.graph.type;

/** {@code TIMESTEPS_RANGE}: a part of the schedule. */
public interface TimestepsRange {}
