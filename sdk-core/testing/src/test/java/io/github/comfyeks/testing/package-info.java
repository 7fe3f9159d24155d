@org.jspecify.annotations.NullMarked
package io.github.comfyeks.testing;
