/**
 * Brings nodes into step through AWS Systems Manager: {@code ModelSync} tells the agents which generation to reach, and follows each
 * node to its end. Copying is the agents' work, see {@code agent}.
 */
@NullMarked
package io.github.comfyeks.model.sync;

import org.jspecify.annotations.NullMarked;
