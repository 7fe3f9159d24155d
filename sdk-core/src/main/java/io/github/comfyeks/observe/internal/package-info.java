/** What stands between the client and a caller's observer. Not for users; may change at any time. */
@NullMarked
package io.github.comfyeks.observe.internal;

import org.jspecify.annotations.NullMarked;
