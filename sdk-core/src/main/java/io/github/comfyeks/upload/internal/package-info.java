/** Sends files, and remembers what has been sent. Not for users; may change at any time. */
@NullMarked
package io.github.comfyeks.upload.internal;

import org.jspecify.annotations.NullMarked;
