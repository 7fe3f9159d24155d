/** How a workflow is changed; not for users. */
@NullMarked
package io.github.comfyeks.edit.internal;

import org.jspecify.annotations.NullMarked;
