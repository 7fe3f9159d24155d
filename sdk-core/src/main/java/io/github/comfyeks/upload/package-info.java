/**
 * Brings pictures, masks and any other files to the server, so that nodes such as {@code LoadImage} can load them. What comes
 * back is the name that the server chose, in the form that such an input wants. Downloads live in {@code output}; models are
 * not uploaded through ComfyUI at all.
 */
@NullMarked
package io.github.comfyeks.upload;

import org.jspecify.annotations.NullMarked;
