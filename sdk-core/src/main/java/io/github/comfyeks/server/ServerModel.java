package io.github.comfyeks.server;

import java.time.Instant;
import java.util.Optional;

/**
 * A model file as a server sees it. Immutable.
 *
 * @param name the path within its folder, with {@code /}
 * @param size in bytes
 * @param modified when it was changed, by the server's file system
 */
public record ServerModel(String name, long size, Optional<Instant> modified) {}
