/** Reads outputs and downloads files. Not for users; may change at any time. */
@NullMarked
package io.github.comfyeks.output.internal;

import org.jspecify.annotations.NullMarked;
