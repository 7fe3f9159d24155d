/** The HTTP engine on Apache HttpCore: origin-bound credentials, one cookie store, retries of reads within a budget. Not for users; may change at any time. */
@NullMarked
package io.github.comfyeks.transport.internal;

import org.jspecify.annotations.NullMarked;
