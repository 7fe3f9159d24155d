/** Nodes that not every server is started with; kept apart from the contract, of which nothing may be skipped. */
@NullMarked
package io.github.comfyeks.websocket;

import org.jspecify.annotations.NullMarked;
