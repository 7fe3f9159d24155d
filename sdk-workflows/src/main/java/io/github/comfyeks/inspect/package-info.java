/**
 * What a workflow needs and does, without running it: {@code WorkflowInspection}. Whether a server takes it is asked in {@code
 * validation}.
 */
@NullMarked
package io.github.comfyeks.inspect;

import org.jspecify.annotations.NullMarked;
