/** Recorded traffic of real servers, sent to the fake one and compared. */
@org.jspecify.annotations.NullMarked
package io.github.comfyeks.testing.replay;
