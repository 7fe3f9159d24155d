/** HTTP: the engine, the router and one class a group of routes. What a route answers comes from the other packages. */
@NullMarked
package io.github.comfyeks.testing.internal.http;

import org.jspecify.annotations.NullMarked;
