/** Node classes as /object_info describes them. */
@NullMarked
package io.github.comfyeks.testing.internal.schema;

import org.jspecify.annotations.NullMarked;
