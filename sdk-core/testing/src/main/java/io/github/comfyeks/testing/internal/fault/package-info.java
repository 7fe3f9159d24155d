/** The state of the fault switches, read by the other packages. */
@NullMarked
package io.github.comfyeks.testing.internal.fault;

import org.jspecify.annotations.NullMarked;
