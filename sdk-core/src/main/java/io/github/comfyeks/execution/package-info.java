/**
 * Runs: submitting a workflow, following it, its end and its results. An {@link
 * io.github.comfyeks.execution.Execution} is the handle; what decides its end is a pure state machine in the internal
 * package, fed with events of the socket, answers of history and queue, and time.
 */
@NullMarked
package io.github.comfyeks.execution;

import org.jspecify.annotations.NullMarked;
