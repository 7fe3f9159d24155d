/**
 * Checks workflows against what a server knows, before they cost GPU time: all problems of any graph at once, what is legal but
 * hardly meant, and what the server itself would answer. Values only: nothing here talks to a server. What can be seen without
 * knowing a server's classes is checked by {@code io.github.comfyeks.workflow} already.
 */
@NullMarked
package io.github.comfyeks.validation;

import org.jspecify.annotations.NullMarked;
