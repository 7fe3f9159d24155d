/** The ComfyUI client: queue a workflow, follow it live, get its outputs. */
@NullMarked
package io.github.comfyeks;

import org.jspecify.annotations.NullMarked;
