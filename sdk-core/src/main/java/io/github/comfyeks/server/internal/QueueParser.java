package io.github.comfyeks.server.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.comfyeks.internal.Json;
import java.io.*;
import java.util.*;

public final class QueueParser {
    private QueueParser() {}

    public static QueueIds ids(InputStream in) throws IOException {
        List<String> r = new ArrayList<>();
        List<String> p = new ArrayList<>();
        JsonNode t = Json.tree(in.readAllBytes());
        t.path("queue_running").forEach(e -> r.add(e.path(1).asText()));
        t.path("queue_pending").forEach(e -> p.add(e.path(1).asText()));
        return new QueueIds(r, p);
    }
}
