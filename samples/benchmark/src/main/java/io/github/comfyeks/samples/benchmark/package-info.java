/** Measures the client with its default settings, by its public API only. */
@NullMarked
package io.github.comfyeks.samples.benchmark;

import org.jspecify.annotations.NullMarked;
