package io.github.comfyeks.server.internal;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.comfyeks.error.HttpStatusException;
import io.github.comfyeks.error.UnsupportedByServerException;
import io.github.comfyeks.internal.Json;
import io.github.comfyeks.internal.JsonStream;
import io.github.comfyeks.internal.Nearest;
import io.github.comfyeks.output.NodeOutput;
import io.github.comfyeks.output.internal.OutputBinder;
import io.github.comfyeks.ref.PromptId;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.server.HistoryEntry;
import io.github.comfyeks.server.QueueSnapshot;
import io.github.comfyeks.server.ServerApi;
import io.github.comfyeks.server.ServerModel;
import io.github.comfyeks.server.SystemStats;
import io.github.comfyeks.transport.internal.Http;
import io.github.comfyeks.transport.internal.HttpCall;
import io.github.comfyeks.transport.internal.HttpReply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The server's routes over HTTP. */
public final class HttpServerApi implements ServerApi {
    private final Http http;
    private final OutputBinder outputs;
    private final ObjectInfoCache objectInfo;

    /**
     * @param objectInfoAge for how long the node classes are kept; zero: they are fetched each time
     */
    public HttpServerApi(Http http, Duration objectInfoAge, OutputBinder outputs) {
        this.http = http;
        this.outputs = outputs;
        this.objectInfo = new ObjectInfoCache(
                () -> http.read(HttpCall.get("/object_info"), ObjectInfo::read),
                objectInfoAge,
                http.config().time());
    }

    @Override
    public SystemStats systemStats() {
        return SystemStatsParser.read(http.send(HttpCall.get("/system_stats")).bytes());
    }

    @Override
    public Map<String, Object> features() {
        byte[] body = http.send(HttpCall.get("/features")).bytes();
        return Unreadable.read(body, JsonToken.START_OBJECT, "GET /features", json -> JsonStream.object(json));
    }

    @Override
    public int queueRemaining() {
        JsonNode remaining =
                http.send(HttpCall.get("/prompt")).json().path("exec_info").path("queue_remaining");
        if (!remaining.isNumber()) {
            throw Unreadable.unexpected("an object without \"queue_remaining\"", "GET /prompt", null);
        }
        return remaining.asInt();
    }

    @Override
    public QueueSnapshot queue() {
        return http.read(HttpCall.get("/queue"), QueueParser::snapshot);
    }

    @Override
    public Optional<HistoryEntry> history(PromptId id) {
        HttpCall call = HttpCall.get("/history/{id}", Segments.of("a prompt id", id.value()));
        return HistoryParser.entry(http.send(call).bytes(), id.value(), true).map(this::bound);
    }

    @Override
    public List<HistoryEntry> history(int maxItems) {
        return history(HttpCall.get("/history").query("max_items", atLeast(1, "maxItems", maxItems)));
    }

    @Override
    public List<HistoryEntry> history(int maxItems, int offset) {
        return history(HttpCall.get("/history")
                .query("max_items", atLeast(1, "maxItems", maxItems))
                .query("offset", atLeast(0, "offset", offset)));
    }

    private List<HistoryEntry> history(HttpCall call) {
        return http.read(call, body -> HistoryParser.entries(body, true)).stream()
                .map(this::bound)
                .toList();
    }

    /** Its files can be downloaded. */
    private HistoryEntry bound(HistoryEntry entry) {
        Map<String, NodeOutput> bound = new LinkedHashMap<>();
        entry.outputs().forEach((node, output) -> bound.put(node, outputs.bind(output)));
        return entry.withOutputs(bound);
    }

    static int atLeast(int least, String name, int value) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be " + least + " or more, not " + value);
        }
        return value;
    }

    @Override
    public void deleteHistory(Collection<PromptId> ids) {
        if (!ids.isEmpty()) {
            http.send(HttpCall.post("/history")
                    .json(Map.of("delete", values(ids)))
                    .repeatable());
        }
    }

    @Override
    public void clearHistory() {
        http.send(HttpCall.post("/history").json(Map.of("clear", true)));
    }

    @Override
    public void deletePending(Collection<PromptId> ids) {
        if (ids.isEmpty()) {
            return;
        }
        HttpReply reply = http.send(delete(values(ids)).accept(500).repeatable());
        if (reply.status() == 500) {
            deleteOneByOne(values(ids));
        }
    }

    private static HttpCall delete(List<String> ids) {
        return HttpCall.post("/queue").json(Map.of("delete", ids));
    }

    /** While twins of one number wait, each deletion answers 500, is done all the same, and ends the list (S14). */
    private void deleteOneByOne(List<String> ids) {
        ids.forEach(id -> http.send(delete(List.of(id)).accept(500).repeatable()));
        QueueIds left = http.read(HttpCall.get("/queue"), QueueParser::ids);
        Set<String> still = new LinkedHashSet<>(ids);
        still.retainAll(left.pending());
        if (!still.isEmpty()) {
            throw new HttpStatusException(
                    500,
                    "",
                    Duration.ZERO,
                    "status 500: the server did not take out of its queue " + String.join(", ", still)
                            + "; its log says why [POST /queue]");
        }
    }

    private static List<String> values(Collection<PromptId> ids) {
        return ids.stream().map(PromptId::value).distinct().toList();
    }

    @Override
    public void clearPending() {
        http.send(HttpCall.post("/queue").json(Map.of("clear", true)));
    }

    @Override
    public void interruptWhateverRuns() {
        http.send(HttpCall.post("/interrupt"));
    }

    @Override
    public void interrupt(PromptId id) {
        String version = systemStats().version();
        if (Versions.isBefore(version, Versions.NAMED_INTERRUPT)) {
            throw new UnsupportedByServerException(Versions.named(version)
                    + " cannot interrupt one prompt by name, and whatever runs may be somebody else's; update to "
                    + Versions.NAMED_INTERRUPT
                    + " or later, or call interruptWhateverRuns() if you mean that [POST /interrupt]");
        }
        http.send(HttpCall.post("/interrupt")
                .json(Map.of("prompt_id", id.value()))
                .repeatable());
    }

    @Override
    public List<String> models() {
        return names(http.send(HttpCall.get("/models")), "GET /models");
    }

    @Override
    public List<String> models(String folder) {
        return names(ofFolder("/models/{folder}", folder), "GET /models/{folder}");
    }

    @Override
    public List<ServerModel> modelFiles(String folder) {
        HttpReply reply = ofFolder("/experiment/models/{folder}", folder);
        List<ServerModel> files = new ArrayList<>();
        for (JsonNode file : reply.json()) {
            files.add(new ServerModel(
                    file.path("name").asText(),
                    file.path("size").asLong(),
                    file.path("modified").isNumber()
                            ? Optional.of(Instant.ofEpochMilli(
                                    (long) (file.path("modified").doubleValue() * 1000)))
                            : Optional.empty()));
        }
        return List.copyOf(files);
    }

    private HttpReply ofFolder(String route, String folder) {
        HttpReply reply =
                http.send(HttpCall.get(route, Segments.of("a folder", folder)).accept(404));
        if (reply.status() == 404) {
            throw new HttpStatusException(
                    404,
                    "",
                    Duration.ZERO,
                    "the server has no folder of models \"" + folder + "\"" + Nearest.hint(folder, models()) + " [GET "
                            + route + "]");
        }
        return reply;
    }

    @Override
    public List<String> embeddings() {
        return names(http.send(HttpCall.get("/embeddings")), "GET /embeddings");
    }

    private static List<String> names(HttpReply reply, String label) {
        JsonNode names = reply.json();
        if (!names.isArray()) {
            throw Unreadable.unexpected("JSON that is no list", label, null);
        }
        return Json.strings(names);
    }

    @Override
    public void free(boolean unloadModels, boolean freeMemory) {
        http.send(HttpCall.post("/free")
                .json(Map.of("unload_models", unloadModels, "free_memory", freeMemory))
                .repeatable());
    }

    @Override
    public ObjectInfo objectInfo() {
        return objectInfo.get();
    }

    @Override
    public Optional<NodeSchema> objectInfo(String classType) {
        Optional<ObjectInfo> kept = objectInfo.peek();
        if (kept.isPresent()) {
            return kept.get().find(classType);
        }
        HttpCall call = HttpCall.get("/object_info/{class}", Segments.of("a node class", classType));
        return http.read(call, ObjectInfo::read).find(classType);
    }

    /** The node classes if they have been fetched and are not too old; nobody waits. */
    public Optional<ObjectInfo> keptObjectInfo() {
        return objectInfo.peek();
    }

    @Override
    public ObjectInfo refreshObjectInfo() {
        return objectInfo.refresh();
    }
}
