/** How recipes are followed. Not for users. */
@NullMarked
package io.github.comfyeks.recipe.internal;

import org.jspecify.annotations.NullMarked;
