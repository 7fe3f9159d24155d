/**
 * Turns node schemas into typed Java: {@code NodeGenerator} as a library, {@code Main} as a program, and in {@code codegen.maven}
 * a Maven plugin. It reads {@code io.github.comfyeks.schema} and writes sources that stand on {@code io.github.comfyeks.graph}.
 */
@NullMarked
package io.github.comfyeks.codegen;

import org.jspecify.annotations.NullMarked;
