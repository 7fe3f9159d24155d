package io.github.comfyeks.internal;

import io.github.comfyeks.error.NodeFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the data of {@code execution_error}, which events, history and jobs all carry in one form (E5). */
public final class NodeFailures {
    private NodeFailures() {}

    /** Missing fields are empty. */
    public static NodeFailure of(Map<String, Object> data) {
        return new NodeFailure(
                text(data.get("node_id")),
                text(data.get("node_type")),
                text(data.get("exception_type")),
                text(data.get("exception_message")),
                lines(data.get("traceback")),
                inputs(data.get("current_inputs")));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static List<String> lines(@Nullable Object value) {
        List<String> lines = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(line -> lines.add(line instanceof String text ? text : Json.write(line)));
        }
        return List.copyOf(lines);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> inputs(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }
}
