package io.github.comfyeks.model.agent;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an agent is. Immutable.
 *
 * @param ready whether all models are there that are needed before the node takes work
 * @param busy whether a look at bucket and folder is under way
 * @param generation of the manifest that the folder has reached; 0 if none
 * @param bytes that this agent has read from the bucket so far
 * @param troubled since when no look could be had; null if the last one could
 * @param last what the last look found and did; null before its end
 */
public record AgentStatus(
        boolean ready,
        boolean busy,
        long generation,
        long bytes,
        @Nullable Instant troubled,
        @Nullable AgentReport last) {
    /** The same as plain data, for JSON; what is null is left out. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("ready", ready);
        map.put("busy", busy);
        map.put("generation", generation);
        map.put("bytes", bytes);
        if (troubled != null) {
            map.put("troubled", troubled.toString());
        }
        if (last != null) {
            map.put("last", last.toMap());
        }
        return map;
    }
}
