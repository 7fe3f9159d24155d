/** The event socket: RFC 6455 frames written by hand, so that they can be cut, and the hub that routes events to client ids. */
@NullMarked
package io.github.comfyeks.testing.internal.ws;

import org.jspecify.annotations.NullMarked;
