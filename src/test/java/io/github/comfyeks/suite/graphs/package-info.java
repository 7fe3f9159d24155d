/** Graphs made by chance from a server's node classes: valid ones, and ones that are broken in every way that servers know. */
@NullMarked
package io.github.comfyeks.suite.graphs;

import org.jspecify.annotations.NullMarked;
