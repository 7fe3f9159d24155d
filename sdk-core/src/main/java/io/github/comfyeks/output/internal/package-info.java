@NullMarked
package io.github.comfyeks.output.internal;

import org.jspecify.annotations.NullMarked;
