package io.github.comfyeks.server.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.comfyeks.internal.Json;
import java.util.*;

public final class JobsParser {
    private JobsParser() {}

    public static QueueIds queue(byte[] body) {
        List<String> r = new ArrayList<>();
        List<String> p = new ArrayList<>();
        try {
            for (JsonNode j : Json.tree(body).path("jobs")) {
                (j.path("status").asText().equals("pending") ? p : r)
                        .add(j.path("id").asText());
            }
        } catch (java.io.IOException e) {
            throw new io.github.comfyeks.error.ProtocolException("bad", e);
        }
        return new QueueIds(r, p);
    }
}
