/**
 * What a server's node classes take and give: the model of {@code /object_info}. It reads the answer of a running server
 * and the same JSON from a file, old and new style alike, and loses nothing. Validation, code generation and error messages
 * stand on it; it does neither, and talks to no server itself.
 */
@NullMarked
package io.github.comfyeks.schema;

import org.jspecify.annotations.NullMarked;
