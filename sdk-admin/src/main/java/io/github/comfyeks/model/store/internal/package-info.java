/** How a bucket is talked to. Not for users. */
@NullMarked
package io.github.comfyeks.model.store.internal;

import org.jspecify.annotations.NullMarked;
