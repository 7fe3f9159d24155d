@NullMarked
package io.github.comfyeks.samples.metrics;

import org.jspecify.annotations.NullMarked;
