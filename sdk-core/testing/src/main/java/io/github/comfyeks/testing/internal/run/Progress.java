package io.github.comfyeks.testing.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.comfyeks.testing.internal.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The state of each node started so far, sent whole at each change as {@code progress_state} (E6). */
final class Progress {
    private record State(String name, JsonNode value, JsonNode max) {}

    private final String promptId;
    private final DynamicGraph graph;
    private final Events events;
    private final @Nullable String clientId;
    private final Map<String, State> states = new LinkedHashMap<>();

    Progress(String promptId, DynamicGraph graph, Events events, @Nullable String clientId) {
        this.promptId = promptId;
        this.graph = graph;
        this.events = events;
        this.clientId = clientId;
    }

    void start(String nodeId) {
        change(nodeId, new State("running", DoubleNode.valueOf(0), DoubleNode.valueOf(1)));
    }

    void update(String nodeId, long value, long max) {
        change(nodeId, new State("running", LongNode.valueOf(value), LongNode.valueOf(max)));
    }

    void finish(String nodeId) {
        State state = states.get(nodeId);
        JsonNode max = state == null ? LongNode.valueOf(1) : state.max();
        change(nodeId, new State("finished", max, max));
    }

    private void change(String nodeId, State state) {
        states.put(nodeId, state);
        if (!events.hasListener(clientId)) {
            return;
        }
        ObjectNode data = Json.object();
        data.put("prompt_id", promptId);
        ObjectNode nodes = data.putObject("nodes");
        states.forEach((id, known) -> {
            ObjectNode node = nodes.putObject(id);
            node.set("value", known.value());
            node.set("max", known.max());
            node.put("state", known.name());
            node.put("node_id", id);
            node.put("prompt_id", promptId);
            node.put("display_node_id", graph.real(id));
            node.put("parent_node_id", graph.parent(id));
            node.put("real_node_id", graph.real(id));
        });
        events.send("progress_state", data, clientId);
    }
}
