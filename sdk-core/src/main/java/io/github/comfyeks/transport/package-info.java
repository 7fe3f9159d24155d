/** How the server is reached: credentials, TLS, proxy, limits, retries. The HTTP engine itself is internal. */
@NullMarked
package io.github.comfyeks.transport;

import org.jspecify.annotations.NullMarked;
