/** The observer: callbacks about requests, retries, the socket and state changes, for metrics and logs. */
@NullMarked
package io.github.comfyeks.observe;

import org.jspecify.annotations.NullMarked;
