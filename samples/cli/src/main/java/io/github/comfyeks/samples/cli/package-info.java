/** The {@code comfyeks} command: a tool for asset pipelines, and the place where everything can be tried. */
@NullMarked
package io.github.comfyeks.samples.cli;

import org.jspecify.annotations.NullMarked;
