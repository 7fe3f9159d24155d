/**
 * The client: {@link io.github.comfyeks.ComfyClient} queues workflows on one ComfyUI server and follows them; everything
 * else is reached from it. Each feature has a package of its own: runs, outputs, uploads, the server's own state, node
 * schemas, errors.
 */
@NullMarked
package io.github.comfyeks;

import org.jspecify.annotations.NullMarked;
