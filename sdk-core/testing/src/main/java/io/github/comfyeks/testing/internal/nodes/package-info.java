/** The node classes that the fake can run. */
@NullMarked
package io.github.comfyeks.testing.internal.nodes;

import org.jspecify.annotations.NullMarked;
