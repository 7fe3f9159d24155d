/** What tests across modules share: the server under test, graphs for it, a recorder of events. No tests. */
@NullMarked
package io.github.comfyeks.suite;

import org.jspecify.annotations.NullMarked;
