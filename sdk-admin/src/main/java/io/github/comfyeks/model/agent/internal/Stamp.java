package io.github.comfyeks.model.agent.internal;

import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/**
 * By what a file is known to be unchanged.
 *
 * @param size in bytes
 * @param modified its time, in nanoseconds since 1970
 */
record Stamp(long size, long modified) {
    static Stamp of(BasicFileAttributes attributes) {
        return new Stamp(attributes.size(), attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS));
    }
}
