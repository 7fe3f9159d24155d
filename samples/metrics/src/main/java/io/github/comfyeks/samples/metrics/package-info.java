/** The client's doings as Micrometer meters. One class, to copy into an application that has Micrometer. */
@NullMarked
package io.github.comfyeks.samples.metrics;

import org.jspecify.annotations.NullMarked;
