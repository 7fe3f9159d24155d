package io.github.comfyeks.model.store;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What sending or fetching many models did. Immutable.
 *
 * @param moved bytes of each model that is there now; 0 if it was before
 * @param sha256 of each model whose content is known, in small hexadecimal digits
 * @param failed models that are not there, and why
 */
public record TransferReport(Map<ModelKey, Long> moved, Map<ModelKey, String> sha256, Map<ModelKey, String> failed) {
    public TransferReport {
        moved = Collections.unmodifiableMap(new TreeMap<>(moved));
        sha256 = Collections.unmodifiableMap(new TreeMap<>(sha256));
        failed = Collections.unmodifiableMap(new TreeMap<>(failed));
    }

    /** All bytes together. */
    public long bytes() {
        return moved.values().stream().mapToLong(Long::longValue).sum();
    }
}
