/**
 * A fake ComfyUI server for anyone's tests.
 *
 * <p>It speaks ComfyUI's HTTP routes and its event socket on one port, behaves like the version it is told to be, runs
 * simple image nodes for real and has a switch for each fault that a client meets in the wild. It knows no class of the
 * SDK: whatever passes against it must pass against a real server.
 */
@NullMarked
package io.github.comfyeks.testing;

import org.jspecify.annotations.NullMarked;
