package io.github.comfyeks.server;

import java.time.Instant;
import java.util.Optional;

/**
 * A file of user data. Immutable.
 *
 * @param path relative, with {@code /}: to the listed folder in a list, else to the user's folder
 * @param size in bytes
 * @param modified when it was changed, by the server's clock
 * @param created when it was made, as far as the server's file system knows
 */
public record UserdataFile(String path, long size, Optional<Instant> modified, Optional<Instant> created) {}
