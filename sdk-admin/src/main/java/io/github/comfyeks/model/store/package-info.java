/**
 * The bucket in which models lie: what is there, putting and getting it. {@code ModelStore} knows nothing of nodes or servers, nor of
 * what is wanted; those lie in {@code agent}, {@code sync}, {@code visibility} and {@code catalog}.
 */
@NullMarked
package io.github.comfyeks.model.store;

import org.jspecify.annotations.NullMarked;
