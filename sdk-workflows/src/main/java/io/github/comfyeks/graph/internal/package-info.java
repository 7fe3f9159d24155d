/** How graphs are walked; not for users. */
@NullMarked
package io.github.comfyeks.graph.internal;

import org.jspecify.annotations.NullMarked;
