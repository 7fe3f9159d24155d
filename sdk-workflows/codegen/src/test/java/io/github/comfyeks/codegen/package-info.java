@NullMarked
package io.github.comfyeks.codegen;

import org.jspecify.annotations.NullMarked;
