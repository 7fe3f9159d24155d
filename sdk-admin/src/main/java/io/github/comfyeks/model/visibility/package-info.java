/**
 * Whether ComfyUI servers see the models: {@code ModelVisibility}. A copy that no server lists is no use, so this is when a sync is
 * done.
 */
@NullMarked
package io.github.comfyeks.model.visibility;

import org.jspecify.annotations.NullMarked;
