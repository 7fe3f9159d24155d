/**
 * One folder in step with a bucket: {@code NodeAgent} runs on a GPU node and copies, replaces and removes models there by itself. It
 * knows nothing of other nodes (that is {@code sync}), nor of what ComfyUI makes of the folder (that is {@code visibility}).
 */
@NullMarked
package io.github.comfyeks.model.agent;

import org.jspecify.annotations.NullMarked;
