@NullMarked
package io.github.comfyeks.samples.quickstart;

import org.jspecify.annotations.NullMarked;
