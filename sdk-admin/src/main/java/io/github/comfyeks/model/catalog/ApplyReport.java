package io.github.comfyeks.model.catalog;

import io.github.comfyeks.internal.Json;
import io.github.comfyeks.model.store.ModelKey;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What carrying out a plan did. Immutable.
 *
 * @param done the changes that were made
 * @param failed models that could not be brought into step, and why
 * @param sent bytes that this machine sent to the bucket
 * @param generation of the manifest now
 */
public record ApplyReport(List<PlannedChange> done, Map<ModelKey, String> failed, long sent, long generation) {
    public ApplyReport {
        done = List.copyOf(done);
        failed = Collections.unmodifiableMap(new TreeMap<>(failed));
    }

    /** Whether the bucket is as planned. */
    public boolean succeeded() {
        return failed.isEmpty();
    }

    /** The report as JSON. */
    public String toJson() {
        Map<String, String> failures = failed.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().value(), Map.Entry::getValue));
        return Json.write(Map.of(
                "done",
                done.stream().map(change -> change.key().value()).toList(),
                "failed",
                failures,
                "sent",
                sent,
                "generation",
                generation));
    }
}
