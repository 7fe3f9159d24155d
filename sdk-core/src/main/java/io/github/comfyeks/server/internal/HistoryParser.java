package io.github.comfyeks.server.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.comfyeks.internal.Json;
import io.github.comfyeks.internal.JsonStream;
import io.github.comfyeks.output.NodeOutput;
import io.github.comfyeks.ref.PromptId;
import io.github.comfyeks.server.HistoryEntry;
import io.github.comfyeks.server.HistoryMessage;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads history (H1, H2) as a stream. Graphs, by far the largest part, are skipped unless they are asked for. */
public final class HistoryParser {
    private static final String LABEL = "GET /history";
    private static final String ONE = "GET /history/{id}";

    private HistoryParser() {}

    /** The run's entry without its graph, from the body of {@code /history/{id}}; empty if it is not there. */
    public static Optional<HistoryEntry> entry(byte[] body, String promptId) {
        return entry(body, promptId, false);
    }

    /** The same, with the graph on demand. */
    public static Optional<HistoryEntry> entry(byte[] body, String promptId, boolean withGraph) {
        return Unreadable.read(body, JsonToken.START_OBJECT, ONE, json -> {
            HistoryEntry found = null;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String id = json.currentName();
                if (json.nextToken() == JsonToken.START_OBJECT && id.equals(promptId) && !id.isEmpty()) {
                    found = read(json, id, withGraph);
                } else {
                    json.skipChildren();
                }
            }
            return Optional.ofNullable(found);
        });
    }

    /** All entries of the body of {@code /history}, in the server's order. */
    public static List<HistoryEntry> entries(InputStream body, boolean withGraph) throws IOException {
        List<HistoryEntry> entries = new ArrayList<>();
        // servers up to 0.8.0 take an empty id, by which nothing can be asked for
        each(body, id -> !id.isEmpty(), (id, json) -> entries.add(read(json, id, withGraph)));
        return List.copyOf(entries);
    }

    /** Of the body of {@code /history} the entries with these ids, without their graphs. */
    public static Map<String, HistoryEntry> entries(InputStream body, Set<String> ids) throws IOException {
        Map<String, HistoryEntry> entries = new HashMap<>();
        each(body, ids::contains, (id, json) -> entries.put(id, read(json, id, false)));
        return entries;
    }

    private interface EntryReader {
        void read(String id, JsonParser json) throws IOException;
    }

    private static void each(InputStream body, Predicate<String> wanted, EntryReader reader) throws IOException {
        try (JsonParser json = Json.factory().createParser(body)) {
            Unreadable.expect(json, JsonToken.START_OBJECT, LABEL);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String id = json.currentName();
                if (json.nextToken() == JsonToken.START_OBJECT && wanted.test(id)) {
                    reader.read(id, json);
                } else {
                    json.skipChildren();
                }
            }
        }
    }

    /** The entry that the parser stands at. */
    private static HistoryEntry read(JsonParser json, String id, boolean withGraph) throws IOException {
        Submitted submitted = Submitted.NONE;
        Map<String, NodeOutput> outputs = Map.of();
        Status status = Status.NONE;
        Map<String, Object> meta = Map.of();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "prompt" -> submitted = Submitted.read(json, withGraph);
                case "outputs" -> outputs = outputs(json);
                case "status" -> status = Status.read(json);
                case "meta" -> meta = JsonStream.object(json);
                default -> json.skipChildren();
            }
        }
        return new HistoryEntry(
                PromptId.of(id),
                submitted.number,
                outputs,
                status.text,
                status.completed,
                status.messages,
                meta,
                submitted.graph,
                submitted.extraData,
                submitted.targets);
    }

    static Map<String, NodeOutput> outputs(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return Map.of();
        }
        Map<String, NodeOutput> outputs = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String node = json.currentName();
            json.nextToken();
            outputs.put(node, NodeOutput.of(node, JsonStream.object(json)));
        }
        return Collections.unmodifiableMap(outputs);
    }

    /** {@code [number, id, graph, extra_data, output ids]}: of a history entry, and of one in the queue. */
    record Submitted(
            double number,
            @Nullable String id,
            Map<String, Object> graph,
            Map<String, Object> extraData,
            List<String> targets) {
        static final Submitted NONE = new Submitted(0, null, Map.of(), Map.of(), List.of());

        static Submitted read(JsonParser json, boolean withGraph) throws IOException {
            if (json.currentToken() != JsonToken.START_ARRAY) {
                json.skipChildren();
                return NONE;
            }
            double number = 0;
            String id = null;
            Map<String, Object> graph = Map.of();
            Map<String, Object> extraData = Map.of();
            List<String> targets = List.of();
            for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
                if (i == 0) {
                    number = JsonStream.number(json);
                } else if (i == 1) {
                    id = JsonStream.text(json);
                } else if (i == 2 && withGraph) {
                    graph = JsonStream.object(json);
                } else if (i == 3 && withGraph) {
                    extraData = JsonStream.object(json);
                } else if (i == 4 && withGraph) {
                    targets = texts(JsonStream.value(json));
                } else {
                    json.skipChildren();
                }
            }
            return new Submitted(number, id, graph, extraData, targets);
        }
    }

    static List<String> texts(@Nullable Object value) {
        if (!(value instanceof List<?> list)) {
            return List.of();
        }
        return list.stream().map(String::valueOf).toList();
    }

    /** The entry's {@code status}, a job's {@code execution_status}; null and half of it are possible. */
    record Status(String text, boolean completed, List<HistoryMessage> messages) {
        static final Status NONE = new Status("", false, List.of());

        static Status read(JsonParser json) throws IOException {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                json.skipChildren();
                return NONE;
            }
            String text = "";
            boolean completed = false;
            List<HistoryMessage> messages = List.of();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "status_str" -> {
                        String read = JsonStream.text(json);
                        text = read == null ? "" : read;
                    }
                    case "completed" -> {
                        completed = json.currentToken() == JsonToken.VALUE_TRUE;
                        json.skipChildren();
                    }
                    case "messages" -> messages = messages(JsonStream.value(json));
                    default -> json.skipChildren();
                }
            }
            return new Status(text, completed, messages);
        }

        static List<HistoryMessage> messages(@Nullable Object value) {
            if (!(value instanceof List<?> list)) {
                return List.of();
            }
            List<HistoryMessage> messages = new ArrayList<>(list.size());
            for (Object element : list) {
                if (element instanceof List<?> pair && !pair.isEmpty() && pair.get(0) instanceof String type) {
                    Object data = pair.size() > 1 ? pair.get(1) : null;
                    messages.add(new HistoryMessage(type, data, timestamp(data)));
                }
            }
            return List.copyOf(messages);
        }

        private static Optional<Instant> timestamp(@Nullable Object data) {
            return data instanceof Map<?, ?> map && map.get("timestamp") instanceof Number millis
                    ? Optional.of(Instant.ofEpochMilli(millis.longValue()))
                    : Optional.empty();
        }
    }
}
