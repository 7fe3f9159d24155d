@NullMarked
package io.github.comfyeks.samples.cli;

import org.jspecify.annotations.NullMarked;
