/**
 * How a run is followed: {@code ExecutionTracker} decides, {@code LiveExecution} is the handle, {@code Session} joins the
 * socket and the looks, {@code Survey} looks at many runs at once, {@code Submission} brings a prompt to the server exactly
 * once. Not for users; may change at any time.
 */
@NullMarked
package io.github.comfyeks.execution.internal;

import org.jspecify.annotations.NullMarked;
