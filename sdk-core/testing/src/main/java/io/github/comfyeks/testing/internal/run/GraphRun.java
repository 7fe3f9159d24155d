package io.github.comfyeks.testing.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.comfyeks.testing.internal.json.Json;
import io.github.comfyeks.testing.internal.nodes.Interrupts.InterruptedRunException;
import io.github.comfyeks.testing.internal.nodes.NodeFailure;
import io.github.comfyeks.testing.internal.nodes.NodeResult;
import io.github.comfyeks.testing.internal.nodes.NodeResult.Blocker;
import io.github.comfyeks.testing.internal.nodes.NodeResult.Expansion;
import io.github.comfyeks.testing.internal.nodes.NodeType;
import io.github.comfyeks.testing.internal.schema.NodeSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One run of a graph: the nodes in their order, and the events in theirs (E4). Used by the worker's thread alone. */
final class GraphRun {
    private final RunServices services;
    private final NodeCache cache;
    private final QueueItem item;
    private final @Nullable String clientId;
    private final DynamicGraph graph;
    private final Progress progress;
    private final ExecutionOrder order;
    private final NodeInputs nodeInputs;
    private final SideNodes sideNodes = new SideNodes();
    private final Map<String, Expansion> expansions = new HashMap<>();
    private final Set<String> executed = new LinkedHashSet<>();
    private final ObjectNode outputs = Json.object();
    private final ObjectNode meta = Json.object();
    private final ArrayNode messages = Json.array();
    private boolean jobTimeSpent;

    GraphRun(RunServices services, NodeCache cache, QueueItem item) {
        this.services = services;
        this.cache = cache;
        this.item = item;
        this.clientId = Json.textOrNull(item.extraData().get("client_id"));
        this.graph = new DynamicGraph(item.graph());
        this.progress = new Progress(item.promptId(), graph, services.events(), clientId);
        this.order = new ExecutionOrder(graph, new NodeFacts(graph, services, cache));
        this.nodeInputs = new NodeInputs(graph, cache, services.version());
    }

    QueueItem item() {
        return item;
    }

    RunServices services() {
        return services;
    }

    @Nullable
    String clientId() {
        return clientId;
    }

    DynamicGraph graph() {
        return graph;
    }

    Progress progress() {
        return progress;
    }

    RunResult run() {
        services.interrupts().forget();
        services.runningClient().start(clientId);
        message("execution_start", data(), false);
        cache.begin(graph);
        ObjectNode cached = Json.object();
        cached.set(
                "nodes",
                Json.array(graph.originalIds().stream()
                        .filter(id -> cache.get(id) != null)
                        .toList()));
        cached.put("prompt_id", item.promptId());
        message("execution_cached", cached, false);
        boolean success = runNodes();
        if (success) {
            message("execution_success", data(), false);
        }
        if (!services.version().hasJobs()) {
            showWhatIsCached();
        }
        services.runningClient().at(null);
        return new RunResult(success, outputs, meta, messages, List.copyOf(executed));
    }

    private boolean runNodes() {
        String current = "";
        try {
            item.outputs().forEach(order::add);
            while (!order.isEmpty()) {
                String next = order.next();
                if (next == null) {
                    current = sideNodes.nextNode();
                    sideNodes.step(this);
                    continue;
                }
                current = next;
                if (execute(next)) {
                    order.complete(next);
                }
            }
            return true;
        } catch (InterruptedRunException e) {
            reportInterrupt(graph.real(current));
        } catch (NodeFailure e) {
            reportFailure(current, e);
        } catch (RuntimeException e) {
            reportFailure(current, new NodeFailure("RuntimeError", String.valueOf(e.getMessage())));
        }
        return false;
    }

    /** Runs a node; false if it has to come again once something else is done. */
    private boolean execute(String id) throws NodeFailure, InterruptedRunException {
        NodeCache.Entry cached = cache.get(id);
        if (cached != null) {
            showCached(id, cached);
            progress.finish(id);
            return true;
        }
        NodeResult result = sideNodes.takeResult(id);
        Expansion expansion = expansions.remove(id);
        if (expansion != null) {
            result = NodeResult.of(nodeInputs.resolve(expansion.results()));
        }
        if (result == null) {
            result = start(id);
            if (result == null) {
                return false;
            }
        }
        if (result.pending() != null) {
            order.block(id);
            sideNodes.add(this, id, result, () -> order.unblock(id));
            return false;
        }
        ObjectNode shown = result.ui();
        if (shown != null) {
            show(id, shown);
        }
        if (result.expansion() != null) {
            expand(id, result.expansion());
            return false;
        }
        cache.put(id, new NodeCache.Entry(result.outputs(), shown, shown == null ? null : metaOf(id)));
        progress.finish(id);
        executed.add(id);
        return true;
    }

    /** Starts a node; null if it needs an input first that it had not asked for. */
    private @Nullable NodeResult start(String id) throws NodeFailure, InterruptedRunException {
        progress.start(id);
        NodeSchema schema = services.schemas().find(graph.classType(id));
        if (schema == null) {
            throw new NodeFailure("KeyError", "'" + graph.classType(id) + "'");
        }
        Map<String, Object> inputs = nodeInputs.of(id, schema);
        boolean interrupted = services.interrupts().take();
        if (clientId != null) {
            services.runningClient().at(graph.real(id));
            send("executing", nodeData(id));
        }
        if (interrupted) {
            throw new InterruptedRunException();
        }
        spendJobTime();
        RunCall call = new RunCall(this, id, schema, inputs);
        NodeType type = services.types().find(schema.classType());
        if (type.lazy() != null) {
            List<String> wanted = type.lazy().apply(call).stream()
                    .filter(name -> inputs.get(name) == null)
                    .toList();
            if (!wanted.isEmpty()) {
                wanted.forEach(name ->
                        order.require(graph.inputs(id).path(name).path(0).asText(), id));
                return null;
            }
        }
        Blocker blocker = firstBlocker(inputs);
        if (blocker != null) {
            return blocked(id, schema, blocker);
        }
        nodeInputs.refuseUnknownLinks(id, schema);
        return type.code().run(call);
    }

    private void spendJobTime() throws InterruptedRunException {
        if (!jobTimeSpent) {
            jobTimeSpent = true;
            services.interrupts().pause(services.pace().jobTime());
        }
    }

    private static @Nullable Blocker firstBlocker(Map<String, Object> inputs) {
        for (Object value : inputs.values()) {
            if (value instanceof Blocker blocker) {
                return blocker;
            }
        }
        return null;
    }

    private NodeResult blocked(String id, NodeSchema schema, Blocker blocker) {
        if (blocker.message() != null) {
            ObjectNode data = data();
            data.put("node_id", id);
            data.put("node_type", schema.classType());
            data.set("executed", Json.array(executed));
            data.put("exception_message", "Execution Blocked: " + blocker.message());
            data.put("exception_type", "ExecutionBlocked");
            data.putArray("traceback");
            data.putArray("current_inputs");
            data.putArray("current_outputs");
            send("execution_error", data);
        }
        List<Object> silent = new ArrayList<>();
        schema.outputs().forEach(type -> silent.add(new Blocker(null)));
        return NodeResult.of(silent);
    }

    private void expand(String id, Expansion expansion) {
        List<String> ids = new ArrayList<>();
        expansion.graph().properties().forEach(field -> {
            graph.add(field.getKey(), field.getValue(), id);
            ids.add(field.getKey());
        });
        cache.addExpansion(graph, id, new LinkedHashSet<>(ids));
        for (String child : ids) {
            NodeSchema schema = services.schemas().find(graph.classType(child));
            if (schema != null && schema.isOutputNode()) {
                order.add(child);
            }
        }
        expansion.results().forEach(link -> order.require(link.get(0).asText(), id));
        expansions.put(id, expansion);
    }

    private ObjectNode data() {
        return Json.object().put("prompt_id", item.promptId());
    }

    private ObjectNode nodeData(String id) {
        ObjectNode data = Json.object();
        data.put("node", id);
        data.put("display_node", graph.real(id));
        data.put("prompt_id", item.promptId());
        return data;
    }

    private ObjectNode metaOf(String id) {
        ObjectNode entry = Json.object();
        entry.put("node_id", id);
        entry.put("display_node", graph.real(id));
        entry.put("parent_node", graph.parent(id));
        entry.put("real_node_id", graph.real(id));
        return entry;
    }

    private void show(String id, ObjectNode shown) {
        outputs.set(id, shown);
        meta.set(id, metaOf(id));
        sendExecuted(id, shown);
    }

    private void showCached(String id, NodeCache.Entry cached) {
        if (clientId != null || services.version().isModern()) {
            record(id, cached);
        }
        sendExecuted(id, cached.output());
    }

    private void record(String id, NodeCache.Entry cached) {
        if (cached.output() != null && cached.meta() != null) {
            outputs.set(id, cached.output());
            meta.set(id, cached.meta());
        }
    }

    private void sendExecuted(String id, @Nullable JsonNode shown) {
        if (clientId != null) {
            ObjectNode data = Json.object();
            data.put("node", id);
            data.put("display_node", graph.real(id));
            data.set("output", shown);
            data.put("prompt_id", item.promptId());
            send("executed", data);
        }
    }

    /** 0.3.64 lists what any node of the graph has shown, also those that were not asked for (H1). */
    private void showWhatIsCached() {
        for (String id : graph.originalIds()) {
            NodeCache.Entry cached = cache.get(id);
            if (cached != null) {
                record(id, cached);
            }
        }
    }

    void send(String type, JsonNode data) {
        services.events().send(type, data, clientId);
    }

    private void message(String type, ObjectNode data, boolean toAll) {
        data.put("timestamp", System.currentTimeMillis());
        messages.add(Json.array().add(type).add(data));
        if (clientId != null || toAll) {
            send(type, data);
        }
    }

    private void reportInterrupt(String realId) {
        ObjectNode data = data();
        data.put("node_id", realId);
        data.put("node_type", graph.classType(realId));
        data.set("executed", Json.array(executed));
        message("execution_interrupted", data, true);
    }

    private void reportFailure(String id, NodeFailure failure) {
        String realId = graph.real(id);
        String advice = failure.isOutOfMemory() ? Failures.OUT_OF_MEMORY_ADVICE : "";
        ObjectNode data = data();
        data.put("node_id", realId);
        data.put("node_type", graph.classType(realId));
        data.set("executed", Json.array(executed));
        data.put("exception_message", failure.text() + "\n" + advice);
        data.put("exception_type", failure.type());
        data.set("traceback", Failures.traceback(graph.classType(id), failure));
        data.set("current_inputs", Failures.inputs(nodeInputs.last()));
        data.set("current_outputs", Json.array(graph.originalIds()));
        message("execution_error", data, false);
    }
}
