/** Python's view of JSON: the formatting and the conversions that show on the wire. */
@NullMarked
package io.github.comfyeks.testing.internal.json;

import org.jspecify.annotations.NullMarked;
