@NullMarked
package io.github.comfyeks.server.internal;

import org.jspecify.annotations.NullMarked;
