/** Pictures of workflows as text. Nothing is drawn here, and no server is asked. */
@NullMarked
package io.github.comfyeks.picture;

import org.jspecify.annotations.NullMarked;
