@NullMarked
package io.github.comfyeks.server;

import org.jspecify.annotations.NullMarked;
