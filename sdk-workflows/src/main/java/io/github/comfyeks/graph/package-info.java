/**
 * Workflow graphs as expressions: nodes that hold their inputs, typed links between them, and {@code Graph}, which collects,
 * prunes and numbers. Classes for ComfyUI's own nodes are in {@code comfyeks-nodes}; the code generator makes them for any
 * server's. The types that links carry are in {@code graph.type}. Nothing here talks to a server.
 */
@NullMarked
package io.github.comfyeks.graph;

import org.jspecify.annotations.NullMarked;
