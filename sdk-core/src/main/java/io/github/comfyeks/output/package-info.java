@NullMarked
package io.github.comfyeks.output;

import org.jspecify.annotations.NullMarked;
