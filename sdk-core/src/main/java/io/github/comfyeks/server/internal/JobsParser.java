package io.github.comfyeks.server.internal;

import com.fasterxml.jackson.core.JsonToken;
import io.github.comfyeks.internal.JsonStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the jobs API (H5). */
public final class JobsParser {
    private static final String LABEL = "GET /api/jobs";

    private JobsParser() {}

    /** The jobs list as a queue; jobs that have ended are left out, whatever the filter was. */
    public static QueueIds queue(byte[] body) {
        return Unreadable.read(body, JsonToken.START_OBJECT, LABEL, json -> {
            List<String> running = new ArrayList<>();
            List<QueueIds.Waiting> pending = new ArrayList<>();
            if (!(JsonStream.object(json).get("jobs") instanceof List<?> jobs)) {
                throw Unreadable.unexpected("an object without jobs", LABEL, null);
            }
            for (Object element : jobs) {
                if (element instanceof Map<?, ?> job && job.get("id") instanceof String id) {
                    switch (String.valueOf(job.get("status"))) {
                        case "pending" -> pending.add(new QueueIds.Waiting(number(job.get("priority")), id));
                        case "completed", "failed", "cancelled" -> {}
                        default -> running.add(id);
                    }
                }
            }
            return QueueIds.of(running, pending);
        });
    }

    private static double number(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : 0;
    }
}
