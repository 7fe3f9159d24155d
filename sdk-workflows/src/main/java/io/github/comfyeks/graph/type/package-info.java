/**
 * What links carry: ComfyUI's standard types, and the unions of them that its nodes take. They have no instances and name type
 * arguments of {@code Output} only. The types of a pack are beside its generated nodes.
 */
@NullMarked
package io.github.comfyeks.graph.type;

import org.jspecify.annotations.NullMarked;
