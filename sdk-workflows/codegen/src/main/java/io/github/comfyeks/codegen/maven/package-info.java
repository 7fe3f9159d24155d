/** The Maven plugin: {@code comfyeks:generate} and {@code comfyeks:check}. */
@NullMarked
package io.github.comfyeks.codegen.maven;

import org.jspecify.annotations.NullMarked;
