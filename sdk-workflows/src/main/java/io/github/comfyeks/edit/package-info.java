/**
 * Changes to a workflow that somebody drew: {@code EditableWorkflow} sets values by address, lists and applies the parameters that
 * an artist marked, uploads files of this machine when it is queued, splices typed nodes in, and names outputs. Reading files and
 * converting the editor's format lie in {@code file} and {@code convert}; graphs written in Java in {@code graph}.
 */
@NullMarked
package io.github.comfyeks.edit;

import org.jspecify.annotations.NullMarked;
