/** Which ComfyUI the fake server behaves like. */
@NullMarked
package io.github.comfyeks.testing.internal.version;

import org.jspecify.annotations.NullMarked;
