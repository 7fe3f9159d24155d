package io.github.comfyeks.server.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.comfyeks.error.*;
import io.github.comfyeks.internal.Json;
import io.github.comfyeks.output.NodeOutput;
import io.github.comfyeks.server.HistoryEntry;
import java.util.*;

public final class HistoryParser {
    private HistoryParser() {}

    public static Optional<HistoryEntry> entry(byte[] body, String id) {
        try {
            JsonNode t = Json.tree(body).get(id);
            if (t == null) {
                return Optional.empty();
            }
            Map<String, NodeOutput> o = new LinkedHashMap<>();
            t.path("outputs")
                    .properties()
                    .forEach(e -> o.put(e.getKey(), NodeOutput.of(e.getKey(), Json.map(e.getValue()))));
            boolean ok = t.path("status").path("status_str").asText().equals("success");
            boolean in = false;
            for (JsonNode m : t.path("status").path("messages")) {
                in |= m.path(0).asText().equals("execution_interrupted");
            }
            return Optional.of(new HistoryEntry(o, ok, in, Optional.empty(), Optional.empty(), Optional.empty()));
        } catch (java.io.IOException e) {
            throw new ProtocolException("bad", e);
        }
    }
}
