package io.github.comfyeks.testing.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.comfyeks.testing.internal.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The ended runs, oldest first; the oldest goes when there are too many (H2). Safe for use by several threads. */
public final class History {
    /** How many a server keeps before it drops the oldest. */
    private static final int LIMIT = 10_000;

    private final LinkedHashMap<String, JsonNode> entries = new LinkedHashMap<>();

    synchronized void put(String promptId, JsonNode entry) {
        if (entries.size() > LIMIT) {
            entries.remove(entries.keySet().iterator().next());
        }
        entries.put(promptId, entry);
    }

    /** The entry of a run, or null. */
    public synchronized @Nullable JsonNode find(String promptId) {
        return entries.get(promptId);
    }

    /** {@code {id: entry}}, or an empty object. */
    public ObjectNode one(String promptId) {
        ObjectNode answer = Json.object();
        JsonNode entry = find(promptId);
        if (entry != null) {
            answer.set(promptId, entry);
        }
        return answer;
    }

    /** The newest {@code maxItems}, or with an {@code offset} (not negative) those from there on, counted from the oldest. */
    public synchronized ObjectNode page(@Nullable Integer maxItems, int offset) {
        ObjectNode answer = Json.object();
        int from = offset < 0 && maxItems != null ? entries.size() - maxItems : offset;
        int index = 0;
        for (Map.Entry<String, JsonNode> entry : entries.entrySet()) {
            if (index >= from) {
                answer.set(entry.getKey(), entry.getValue());
                if (maxItems != null && answer.size() >= maxItems) {
                    break;
                }
            }
            index++;
        }
        return answer;
    }

    /** Calls the action for each entry, oldest first. */
    public void forEach(BiConsumer<String, JsonNode> action) {
        Map<String, JsonNode> copy;
        synchronized (this) {
            copy = new LinkedHashMap<>(entries);
        }
        copy.forEach(action);
    }

    public synchronized void delete(String promptId) {
        entries.remove(promptId);
    }

    public synchronized void clear() {
        entries.clear();
    }
}
