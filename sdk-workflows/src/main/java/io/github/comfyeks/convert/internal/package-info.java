/**
 * How conversion works: {@code FileModel} holds what a file says, {@code Scope} one use of a graph, {@code Widgets} a node's
 * values, {@code Links} follows links, {@code Converter} writes the prompt. Not for users; may change at any time.
 */
@NullMarked
package io.github.comfyeks.convert.internal;

import org.jspecify.annotations.NullMarked;
