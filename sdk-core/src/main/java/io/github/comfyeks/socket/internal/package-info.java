/**
 * The event socket: what a frame says, and a channel that comes back after any number of drops. A frame becomes a
 * {@link io.github.comfyeks.socket.internal.Message}; whose run it belongs to is decided in the feature {@code execution}.
 * Not for users; may change at any time.
 */
@NullMarked
package io.github.comfyeks.socket.internal;

import org.jspecify.annotations.NullMarked;
