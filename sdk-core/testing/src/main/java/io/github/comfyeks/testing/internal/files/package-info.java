/** The server's folders, in memory: input, output, temp and user data. */
@NullMarked
package io.github.comfyeks.testing.internal.files;

import org.jspecify.annotations.NullMarked;
