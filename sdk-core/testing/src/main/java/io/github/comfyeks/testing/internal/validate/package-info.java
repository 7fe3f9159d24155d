/** What POST /prompt refuses, lets through and bends. */
@NullMarked
package io.github.comfyeks.testing.internal.validate;

import org.jspecify.annotations.NullMarked;
