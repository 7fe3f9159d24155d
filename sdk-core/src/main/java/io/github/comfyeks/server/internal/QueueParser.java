package io.github.comfyeks.server.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.comfyeks.internal.Json;
import io.github.comfyeks.ref.PromptId;
import io.github.comfyeks.server.QueueSnapshot;
import io.github.comfyeks.server.QueuedPrompt;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads {@code /queue} (H3) as a stream, graphs skipped: 20 MB hold a thousand ids. */
public final class QueueParser {
    private static final String LABEL = "GET /queue";

    private QueueParser() {}

    public static QueueIds ids(InputStream in) throws IOException {
        List<String> running = new ArrayList<>();
        List<QueueIds.Waiting> pending = new ArrayList<>();
        read(in, (isRunning, submitted) -> {
            String id = submitted.id();
            if (id != null && isRunning) {
                running.add(id);
            } else if (id != null) {
                pending.add(new QueueIds.Waiting(submitted.number(), id));
            }
        });
        return QueueIds.of(running, pending);
    }

    /** The queue for users; a prompt with an empty id, by which nothing can be asked for, is left out. */
    static QueueSnapshot snapshot(InputStream in) throws IOException {
        List<QueuedPrompt> running = new ArrayList<>();
        List<QueuedPrompt> pending = new ArrayList<>();
        read(in, (isRunning, submitted) -> {
            String id = submitted.id();
            if (id != null && !id.isEmpty()) {
                (isRunning ? running : pending).add(new QueuedPrompt(PromptId.of(id), submitted.number()));
            }
        });
        pending.sort(Comparator.comparingDouble(QueuedPrompt::number)
                .thenComparing(prompt -> prompt.promptId().value()));
        return new QueueSnapshot(running, pending);
    }

    private interface Sink {
        void take(boolean isRunning, HistoryParser.Submitted submitted);
    }

    private static void read(InputStream in, Sink sink) throws IOException {
        try (JsonParser json = Json.factory().createParser(in)) {
            Unreadable.expect(json, JsonToken.START_OBJECT, LABEL);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String list = json.currentName();
                boolean isRunning = list.equals("queue_running");
                if (json.nextToken() != JsonToken.START_ARRAY || !(isRunning || list.equals("queue_pending"))) {
                    json.skipChildren();
                    continue;
                }
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    sink.take(isRunning, HistoryParser.Submitted.read(json, false));
                }
            }
        }
    }
}
