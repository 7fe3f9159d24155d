/** Running prompts: the queue, the worker, the order of nodes, the cache, the history. */
@NullMarked
package io.github.comfyeks.testing.internal.run;

import org.jspecify.annotations.NullMarked;
