/**
 * Workflows made of what other programs wrote about a picture: {@code ParametersRecipe} for AUTOMATIC1111's web UI and its kin.
 * Finding that text in a file lies in {@code file}.
 */
@NullMarked
package io.github.comfyeks.recipe;

import org.jspecify.annotations.NullMarked;
