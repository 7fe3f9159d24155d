package io.github.comfyeks.model.agent.internal;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;

/** Which files are open, or mapped into memory, in any process. */
@FunctionalInterface
public interface FilesInUse {
    /** Those of these files that are in use now. */
    Set<Path> among(Collection<Path> files);
}
