/** How Systems Manager is asked. Not for users. */
@NullMarked
package io.github.comfyeks.model.sync.internal;

import org.jspecify.annotations.NullMarked;
