/** What names a run and says where it stands: prompt id, reference, state. Values only; nothing here talks to a server. */
@NullMarked
package io.github.comfyeks.ref;

import org.jspecify.annotations.NullMarked;
