/** How a catalogue is read, compared and carried out. Not for users. */
@NullMarked
package io.github.comfyeks.model.catalog.internal;

import org.jspecify.annotations.NullMarked;
