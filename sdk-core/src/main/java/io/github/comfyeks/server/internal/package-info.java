/** The server's routes over HTTP, and the parsers of their answers. Not for users; may change at any time. */
@NullMarked
package io.github.comfyeks.server.internal;

import org.jspecify.annotations.NullMarked;
