/** How a server is asked. Not for users. */
@NullMarked
package io.github.comfyeks.model.visibility.internal;

import org.jspecify.annotations.NullMarked;
