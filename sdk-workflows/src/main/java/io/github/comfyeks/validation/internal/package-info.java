/** How a server decides, and the words for it. */
@NullMarked
package io.github.comfyeks.validation.internal;

import org.jspecify.annotations.NullMarked;
