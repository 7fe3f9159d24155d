/**
 * What a model file is, read from its first bytes: format, kind, base model, numbers, trigger words. Nothing in a file is executed, and
 * whatever it says is limited and checked. Where models lie is {@code store}'s business.
 */
@NullMarked
package io.github.comfyeks.model.file;

import org.jspecify.annotations.NullMarked;
