/** Rules of the house that a machine can check: who may see whom, what is public, how sources look. */
@NullMarked
package io.github.comfyeks.architecture;

import org.jspecify.annotations.NullMarked;
