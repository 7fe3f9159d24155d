package io.github.comfyeks.graph.type;

/** {@code HOOK_KEYFRAMES}: when hooks apply, and how strongly. */
public interface HookKeyframes {}
