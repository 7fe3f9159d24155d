package io.github.comfyeks.execution.internal;

import io.github.comfyeks.server.internal.HistoryParser;
import java.nio.charset.StandardCharsets;

/** Entries in history, as a server writes them. */
final class Entries {
    private Entries() {}

    static Signal successEntry() {
        return entry("success", true, "[\"execution_success\", {\"timestamp\": 2}]");
    }

    static Signal failedEntry() {
        return entry(
                "error",
                false,
                "[\"execution_error\", {\"node_id\": \"4\", \"node_type\": \"KSampler\", \"exception_type\": \"ValueError\","
                        + " \"exception_message\": \"no\", \"traceback\": [\"line\"], \"timestamp\": 2}]");
    }

    static Signal interruptedEntry() {
        return entry("error", false, "[\"execution_interrupted\", {\"node_id\": \"4\", \"timestamp\": 2}]");
    }

    private static Signal entry(String status, boolean completed, String last) {
        String json = "{\"id\": {\"prompt\": [0, \"id\", {}, {}, []], \"outputs\": {}, \"status\": {\"status_str\": \""
                + status
                + "\", \"completed\": " + completed + ", \"messages\": [[\"execution_start\", {\"timestamp\": 1}], "
                + last
                + "]}, \"meta\": {}}}";
        return new Signal.Ended(
                HistoryParser.entry(json.getBytes(StandardCharsets.UTF_8), "id").orElseThrow());
    }
}
