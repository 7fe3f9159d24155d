@NullMarked
package io.github.comfyeks.workflow;

import org.jspecify.annotations.NullMarked;
