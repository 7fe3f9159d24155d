package io.github.comfyeks.testing.internal.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.comfyeks.testing.internal.json.Json;
import java.util.List;

/**
 * How a run ended.
 *
 * @param executedNodes the nodes that were really run, in order
 */
public record RunResult(
        boolean success, ObjectNode outputs, ObjectNode meta, ArrayNode messages, List<String> executedNodes) {

    /** The history entry (H1). */
    ObjectNode toHistory(QueueItem item) {
        ObjectNode entry = Json.object();
        entry.set("prompt", item.toHistory());
        entry.set("outputs", outputs);
        ObjectNode status = entry.putObject("status");
        status.put("status_str", success ? "success" : "error");
        status.put("completed", success);
        status.set("messages", messages);
        entry.set("meta", meta);
        return entry;
    }
}
