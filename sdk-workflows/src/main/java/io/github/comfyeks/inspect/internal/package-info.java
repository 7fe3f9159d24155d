/** How an inspection finds what it tells. Not for users. */
@NullMarked
package io.github.comfyeks.inspect.internal;

import org.jspecify.annotations.NullMarked;
