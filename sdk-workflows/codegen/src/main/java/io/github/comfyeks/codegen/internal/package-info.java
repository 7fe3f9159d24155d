/** How the generator names, types, documents and writes. */
@NullMarked
package io.github.comfyeks.codegen.internal;

import org.jspecify.annotations.NullMarked;
