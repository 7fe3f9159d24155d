/**
 * Workflows as ComfyUI's API format has them: a graph of nodes with a class and inputs, read from an exported file or
 * made from data, patched by node id, and checked for what is wrong in itself. Values only: nothing here
 * talks to a server, knows what classes a server has, or runs anything; that is the business of {@code schema} and of the
 * execution of a workflow.
 */
@NullMarked
package io.github.comfyeks.workflow;

import org.jspecify.annotations.NullMarked;
