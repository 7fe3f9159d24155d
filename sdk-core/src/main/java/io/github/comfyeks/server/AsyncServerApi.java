package io.github.comfyeks.server;

import io.github.comfyeks.internal.ClientThreads;
import io.github.comfyeks.ref.PromptId;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.ObjectInfo;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One ComfyUI server with futures: the calls of {@link ServerApi}, each without blocking its caller. Safe for any number of
 * threads.
 *
 * <p>Requests run on one executor, futures complete on another, so that a slow dependent of a future holds up no request. A
 * future completes with the exception that the blocking call throws. Cancelling one sends nothing if its turn has not come,
 * and leaves alone what was sent.
 */
public final class AsyncServerApi {
    private final ServerApi blocking;
    private final ClientThreads threads;

    private AsyncServerApi(ServerApi blocking, ClientThreads threads) {
        this.blocking = blocking;
        this.threads = threads;
    }

    /** The asynchronous face of these calls; made by the client. */
    public static AsyncServerApi of(ServerApi blocking, ClientThreads threads) {
        return new AsyncServerApi(blocking, threads);
    }

    /** As {@link ServerApi#systemStats()}. */
    public CompletableFuture<SystemStats> systemStats() {
        return threads.supply(blocking::systemStats);
    }

    /** As {@link ServerApi#features()}. */
    public CompletableFuture<Map<String, Object>> features() {
        return threads.supply(blocking::features);
    }

    /** As {@link ServerApi#queueRemaining()}. */
    public CompletableFuture<Integer> queueRemaining() {
        return threads.supply(blocking::queueRemaining);
    }

    /** As {@link ServerApi#queue()}. */
    public CompletableFuture<QueueSnapshot> queue() {
        return threads.supply(blocking::queue);
    }

    /** As {@link ServerApi#history(PromptId)}. */
    public CompletableFuture<Optional<HistoryEntry>> history(PromptId id) {
        return threads.supply(() -> blocking.history(id));
    }

    /** As {@link ServerApi#history(int)}. */
    public CompletableFuture<List<HistoryEntry>> history(int maxItems) {
        return threads.supply(() -> blocking.history(maxItems));
    }

    /** As {@link ServerApi#history(int, int)}. */
    public CompletableFuture<List<HistoryEntry>> history(int maxItems, int offset) {
        return threads.supply(() -> blocking.history(maxItems, offset));
    }

    /** As {@link ServerApi#deleteHistory(Collection)}. */
    public CompletableFuture<@Nullable Void> deleteHistory(Collection<PromptId> ids) {
        List<PromptId> copy = List.copyOf(ids);
        return threads.run(() -> blocking.deleteHistory(copy));
    }

    /** As {@link ServerApi#clearHistory()}. */
    public CompletableFuture<@Nullable Void> clearHistory() {
        return threads.run(blocking::clearHistory);
    }

    /** As {@link ServerApi#deletePending(Collection)}. */
    public CompletableFuture<@Nullable Void> deletePending(Collection<PromptId> ids) {
        List<PromptId> copy = List.copyOf(ids);
        return threads.run(() -> blocking.deletePending(copy));
    }

    /** As {@link ServerApi#clearPending()}. */
    public CompletableFuture<@Nullable Void> clearPending() {
        return threads.run(blocking::clearPending);
    }

    /** As {@link ServerApi#interruptWhateverRuns()}. */
    public CompletableFuture<@Nullable Void> interruptWhateverRuns() {
        return threads.run(blocking::interruptWhateverRuns);
    }

    /** As {@link ServerApi#interrupt(PromptId)}. */
    public CompletableFuture<@Nullable Void> interrupt(PromptId id) {
        return threads.run(() -> blocking.interrupt(id));
    }

    /** As {@link ServerApi#models()}. */
    public CompletableFuture<List<String>> models() {
        return threads.supply(blocking::models);
    }

    /** As {@link ServerApi#models(String)}. */
    public CompletableFuture<List<String>> models(String folder) {
        return threads.supply(() -> blocking.models(folder));
    }

    /** As {@link ServerApi#embeddings()}. */
    public CompletableFuture<List<String>> embeddings() {
        return threads.supply(blocking::embeddings);
    }

    /** As {@link ServerApi#free(boolean, boolean)}. */
    public CompletableFuture<@Nullable Void> free(boolean unloadModels, boolean freeMemory) {
        return threads.run(() -> blocking.free(unloadModels, freeMemory));
    }

    /** As {@link ServerApi#objectInfo()}. */
    public CompletableFuture<ObjectInfo> objectInfo() {
        return threads.supply(blocking::objectInfo);
    }

    /** As {@link ServerApi#objectInfo(String)}. */
    public CompletableFuture<Optional<NodeSchema>> objectInfo(String classType) {
        return threads.supply(() -> blocking.objectInfo(classType));
    }

    /** As {@link ServerApi#refreshObjectInfo()}. */
    public CompletableFuture<ObjectInfo> refreshObjectInfo() {
        return threads.supply(blocking::refreshObjectInfo);
    }
}
