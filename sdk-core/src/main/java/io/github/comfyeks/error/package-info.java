/** Every exception of the SDK: one unchecked root and few children, each saying what happened, where, and what to do next. */
@NullMarked
package io.github.comfyeks.error;

import org.jspecify.annotations.NullMarked;
