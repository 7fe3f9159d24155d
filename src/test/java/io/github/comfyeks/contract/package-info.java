/**
 * What client and server promise one another, by behaviour. Every test holds on a real ComfyUI and on the fake one; where a
 * version lacks something, its tests are skipped and say so.
 */
@NullMarked
package io.github.comfyeks.contract;

import org.jspecify.annotations.NullMarked;
