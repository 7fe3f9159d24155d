/** Pictures: pixels, PNG with metadata, and the stand-in for what a model would have painted. */
@NullMarked
package io.github.comfyeks.testing.internal.image;

import org.jspecify.annotations.NullMarked;
