/**
 * From the editor's format to the API format, as ComfyUI's own page converts: {@code WorkflowConverter}. Reading files of any kind
 * and running the outcome lie elsewhere.
 */
@NullMarked
package io.github.comfyeks.convert;

import org.jspecify.annotations.NullMarked;
