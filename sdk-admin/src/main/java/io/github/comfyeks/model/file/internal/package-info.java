/** How tensors' names give a model away. Not for users. */
@NullMarked
package io.github.comfyeks.model.file.internal;

import org.jspecify.annotations.NullMarked;
