/** Small things that every feature needs: JSON, threads, time. Not for users; may change at any time. */
@NullMarked
package io.github.comfyeks.internal;

import org.jspecify.annotations.NullMarked;
