/**
 * Which models there should be, as a file that people edit: {@code ModelCatalog} reads it, {@code ModelPlan} says how the bucket differs
 * and brings it into step. Nodes follow by themselves ({@code agent}).
 */
@NullMarked
package io.github.comfyeks.model.catalog;

import org.jspecify.annotations.NullMarked;
