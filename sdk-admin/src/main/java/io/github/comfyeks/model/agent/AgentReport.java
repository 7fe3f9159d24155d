package io.github.comfyeks.model.agent;

import io.github.comfyeks.model.store.ModelKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one look at bucket and folder found and did. Immutable.
 *
 * @param started when
 * @param took how long
 * @param generation of the manifest that was looked at; 0 without one
 * @param copied models that were copied, or replaced by their new version
 * @param removed models that the bucket has no more
 * @param evicted models that were removed because there was no room
 * @param kept how many lay there already as the bucket has them
 * @param bytes that were read from the bucket
 * @param waiting models that the bucket has no more and that are still there, and why
 * @param skipped models for which the byte limit leaves no room, and why
 * @param refused objects whose names no folder can safely hold, by name, and why
 * @param conflicts models whose place something else takes that is not the agent's, and what
 * @param failed models that could not be copied or removed, and why; they are tried again
 * @param problem why the look itself could not be had or ended early; empty if it was complete
 */
public record AgentReport(
        Instant started,
        Duration took,
        long generation,
        List<ModelKey> copied,
        List<ModelKey> removed,
        List<ModelKey> evicted,
        int kept,
        long bytes,
        Map<ModelKey, String> waiting,
        Map<ModelKey, String> skipped,
        Map<String, String> refused,
        Map<ModelKey, String> conflicts,
        Map<ModelKey, String> failed,
        String problem) {
    public AgentReport {
        copied = List.copyOf(copied);
        removed = List.copyOf(removed);
        evicted = List.copyOf(evicted);
        waiting = Collections.unmodifiableMap(new TreeMap<>(waiting));
        skipped = Collections.unmodifiableMap(new TreeMap<>(skipped));
        refused = Collections.unmodifiableMap(new TreeMap<>(refused));
        conflicts = Collections.unmodifiableMap(new TreeMap<>(conflicts));
        failed = Collections.unmodifiableMap(new TreeMap<>(failed));
    }

    /** Whether the folder has everything that it can have: nothing failed, and nothing of others is in the way. */
    public boolean inStep() {
        return problem.isEmpty() && failed.isEmpty() && conflicts.isEmpty();
    }

    /** Whether it changed anything in the folder. */
    public boolean changed() {
        return !copied.isEmpty() || !removed.isEmpty() || !evicted.isEmpty();
    }

    /** The same as plain data, for JSON: names by text, times as ISO 8601 and milliseconds. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("started", started.toString());
        map.put("millis", took.toMillis());
        map.put("inStep", inStep());
        map.put("generation", generation);
        map.put("kept", kept);
        map.put("bytes", bytes);
        map.put("copied", names(copied));
        map.put("removed", names(removed));
        map.put("evicted", names(evicted));
        map.put("waiting", byName(waiting));
        map.put("skipped", byName(skipped));
        map.put("refused", refused);
        map.put("conflicts", byName(conflicts));
        map.put("failed", byName(failed));
        map.put("problem", problem);
        return map;
    }

    private static List<String> names(List<ModelKey> keys) {
        return keys.stream().map(ModelKey::value).toList();
    }

    private static Map<String, String> byName(Map<ModelKey, String> reasons) {
        Map<String, String> named = new LinkedHashMap<>();
        reasons.forEach((key, reason) -> named.put(key.value(), reason));
        return named;
    }
}
