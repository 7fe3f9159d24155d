/** One small parser for each format, over a reader that never believes a length. Not for users; may change at any time. */
@NullMarked
package io.github.comfyeks.file.internal;

import org.jspecify.annotations.NullMarked;
