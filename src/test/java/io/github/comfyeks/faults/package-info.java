/** Every fault switch of the fake server, alone and in pairs: each run ends in the right state, and no job is run twice. */
@NullMarked
package io.github.comfyeks.faults;

import org.jspecify.annotations.NullMarked;
