package io.github.comfyeks.server;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One message that ComfyUI kept of a run: an element of history's {@code status.messages}. Immutable.
 *
 * @param type ComfyUI's name of it, such as {@code execution_start}, {@code execution_cached} or {@code execution_error}
 * @param data what came with it as plain JSON data (null, Boolean, Number, String, List or Map), mostly a map
 * @param timestamp when it was sent, by the server's clock, to the millisecond; empty if the server did not say
 */
public record HistoryMessage(String type, @Nullable Object data, Optional<Instant> timestamp) {}
