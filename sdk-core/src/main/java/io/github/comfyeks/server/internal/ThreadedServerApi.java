package io.github.comfyeks.server.internal;

import io.github.comfyeks.internal.ClientThreads;
import io.github.comfyeks.ref.PromptId;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.server.AsyncServerApi;
import io.github.comfyeks.server.HistoryEntry;
import io.github.comfyeks.server.QueueSnapshot;
import io.github.comfyeks.server.ServerApi;
import io.github.comfyeks.server.ServerModel;
import io.github.comfyeks.server.SystemStats;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The blocking calls on the client's threads. */
public record ThreadedServerApi(ServerApi blocking, ClientThreads threads) implements AsyncServerApi {
    @Override
    public CompletableFuture<SystemStats> systemStats() {
        return threads.supply(blocking::systemStats);
    }

    @Override
    public CompletableFuture<Map<String, Object>> features() {
        return threads.supply(blocking::features);
    }

    @Override
    public CompletableFuture<Integer> queueRemaining() {
        return threads.supply(blocking::queueRemaining);
    }

    @Override
    public CompletableFuture<QueueSnapshot> queue() {
        return threads.supply(blocking::queue);
    }

    @Override
    public CompletableFuture<Optional<HistoryEntry>> history(PromptId id) {
        return threads.supply(() -> blocking.history(id));
    }

    @Override
    public CompletableFuture<List<HistoryEntry>> history(int maxItems) {
        return threads.supply(() -> blocking.history(maxItems));
    }

    @Override
    public CompletableFuture<List<HistoryEntry>> history(int maxItems, int offset) {
        return threads.supply(() -> blocking.history(maxItems, offset));
    }

    @Override
    public CompletableFuture<@Nullable Void> deleteHistory(Collection<PromptId> ids) {
        List<PromptId> copy = List.copyOf(ids);
        return threads.run(() -> blocking.deleteHistory(copy));
    }

    @Override
    public CompletableFuture<@Nullable Void> clearHistory() {
        return threads.run(blocking::clearHistory);
    }

    @Override
    public CompletableFuture<@Nullable Void> deletePending(Collection<PromptId> ids) {
        List<PromptId> copy = List.copyOf(ids);
        return threads.run(() -> blocking.deletePending(copy));
    }

    @Override
    public CompletableFuture<@Nullable Void> clearPending() {
        return threads.run(blocking::clearPending);
    }

    @Override
    public CompletableFuture<@Nullable Void> interruptWhateverRuns() {
        return threads.run(blocking::interruptWhateverRuns);
    }

    @Override
    public CompletableFuture<@Nullable Void> interrupt(PromptId id) {
        return threads.run(() -> blocking.interrupt(id));
    }

    @Override
    public CompletableFuture<List<String>> models() {
        return threads.supply(blocking::models);
    }

    @Override
    public CompletableFuture<List<String>> models(String folder) {
        return threads.supply(() -> blocking.models(folder));
    }

    @Override
    public CompletableFuture<List<ServerModel>> modelFiles(String folder) {
        return threads.supply(() -> blocking.modelFiles(folder));
    }

    @Override
    public CompletableFuture<List<String>> embeddings() {
        return threads.supply(blocking::embeddings);
    }

    @Override
    public CompletableFuture<@Nullable Void> free(boolean unloadModels, boolean freeMemory) {
        return threads.run(() -> blocking.free(unloadModels, freeMemory));
    }

    @Override
    public CompletableFuture<ObjectInfo> objectInfo() {
        return threads.supply(blocking::objectInfo);
    }

    @Override
    public CompletableFuture<Optional<NodeSchema>> objectInfo(String classType) {
        return threads.supply(() -> blocking.objectInfo(classType));
    }

    @Override
    public CompletableFuture<ObjectInfo> refreshObjectInfo() {
        return threads.supply(blocking::refreshObjectInfo);
    }
}
