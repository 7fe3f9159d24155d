/**
 * What a run made: the outputs of its nodes, and the files among them with their way to this machine. A file is only
 * described until it is asked for; then it streams to a path, a stream or memory within a size limit, is taken up again
 * after a cut connection, and never lands outside the folder that the caller named. How outputs come about, and when they
 * are complete, is the business of {@code execution} and {@code server}.
 */
@NullMarked
package io.github.comfyeks.output;

import org.jspecify.annotations.NullMarked;
