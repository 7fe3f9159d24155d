package io.github.comfyeks.graph.type;

/** {@code CONDITIONING}: what a sampler is guided by: mostly an encoded prompt. */
public interface Conditioning {}
