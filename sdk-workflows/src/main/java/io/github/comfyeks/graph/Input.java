package io.github.comfyeks.graph;

/**
 * What an input takes: a link from an {@link Output}, or a {@link Value}. Methods of generated nodes take either plainly; this is
 * for lists that mix both, and for code of one's own.
 *
 * @param <T> the type, one of {@link io.github.comfyeks.graph.type} or a pack's own
 */
public sealed interface Input<T> permits Output, Value {}
