package io.github.comfyeks.convert.internal;

import io.github.comfyeks.schema.InputSchema;
import org.jspecify.annotations.Nullable;

/**
 * A widget of a node with the value that the file gives it.
 *
 * @param name as it is sent; of a dynamic combo's with a dot
 * @param schema what the server says of it; null of a browser-only one
 * @param value plain data
 * @param present false if there is none to send, not even null
 */
record Widget(
        String name, @Nullable InputSchema schema, @Nullable Object value, boolean present) {
    Widget with(@Nullable Object other) {
        return new Widget(name, schema, other, true);
    }

    boolean flag(String option) {
        return schema != null && schema.flag(option);
    }
}
