/** A running fake server put together; not exported, may change at any time. */
@NullMarked
package io.github.comfyeks.testing.internal;

import org.jspecify.annotations.NullMarked;
