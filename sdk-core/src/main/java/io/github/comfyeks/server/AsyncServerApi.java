package io.github.comfyeks.server;

import io.github.comfyeks.internal.Async;
import io.github.comfyeks.ref.PromptId;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.ObjectInfo;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
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
    private final Async async;

    private AsyncServerApi(ServerApi blocking, Async async) {
        this.blocking = blocking;
        this.async = async;
    }

    /**
     * The asynchronous face of these calls.
     *
     * @param requests runs the blocking calls
     * @param callbacks completes the futures, whose dependents may run on it
     */
    public static AsyncServerApi of(ServerApi blocking, Executor requests, Executor callbacks) {
        return new AsyncServerApi(blocking, new Async(requests, callbacks));
    }

    /** As {@link ServerApi#systemStats()}. */
    public CompletableFuture<SystemStats> systemStats() {
        return async.call(blocking::systemStats);
    }

    /** As {@link ServerApi#features()}. */
    public CompletableFuture<Map<String, Object>> features() {
        return async.call(blocking::features);
    }

    /** As {@link ServerApi#queueRemaining()}. */
    public CompletableFuture<Integer> queueRemaining() {
        return async.call(blocking::queueRemaining);
    }

    /** As {@link ServerApi#queue()}. */
    public CompletableFuture<QueueSnapshot> queue() {
        return async.call(blocking::queue);
    }

    /** As {@link ServerApi#history(PromptId)}. */
    public CompletableFuture<Optional<HistoryEntry>> history(PromptId id) {
        return async.call(() -> blocking.history(id));
    }

    /** As {@link ServerApi#history(int)}. */
    public CompletableFuture<List<HistoryEntry>> history(int maxItems) {
        return async.call(() -> blocking.history(maxItems));
    }

    /** As {@link ServerApi#history(int, int)}. */
    public CompletableFuture<List<HistoryEntry>> history(int maxItems, int offset) {
        return async.call(() -> blocking.history(maxItems, offset));
    }

    /** As {@link ServerApi#deleteHistory(Collection)}. */
    public CompletableFuture<@Nullable Void> deleteHistory(Collection<PromptId> ids) {
        List<PromptId> copy = List.copyOf(ids);
        return async.run(() -> blocking.deleteHistory(copy));
    }

    /** As {@link ServerApi#clearHistory()}. */
    public CompletableFuture<@Nullable Void> clearHistory() {
        return async.run(blocking::clearHistory);
    }

    /** As {@link ServerApi#deletePending(Collection)}. */
    public CompletableFuture<@Nullable Void> deletePending(Collection<PromptId> ids) {
        List<PromptId> copy = List.copyOf(ids);
        return async.run(() -> blocking.deletePending(copy));
    }

    /** As {@link ServerApi#clearPending()}. */
    public CompletableFuture<@Nullable Void> clearPending() {
        return async.run(blocking::clearPending);
    }

    /** As {@link ServerApi#interruptWhateverRuns()}. */
    public CompletableFuture<@Nullable Void> interruptWhateverRuns() {
        return async.run(blocking::interruptWhateverRuns);
    }

    /** As {@link ServerApi#interrupt(PromptId)}. */
    public CompletableFuture<@Nullable Void> interrupt(PromptId id) {
        return async.run(() -> blocking.interrupt(id));
    }

    /** As {@link ServerApi#models()}. */
    public CompletableFuture<List<String>> models() {
        return async.call(blocking::models);
    }

    /** As {@link ServerApi#models(String)}. */
    public CompletableFuture<List<String>> models(String folder) {
        return async.call(() -> blocking.models(folder));
    }

    /** As {@link ServerApi#embeddings()}. */
    public CompletableFuture<List<String>> embeddings() {
        return async.call(blocking::embeddings);
    }

    /** As {@link ServerApi#free(boolean, boolean)}. */
    public CompletableFuture<@Nullable Void> free(boolean unloadModels, boolean freeMemory) {
        return async.run(() -> blocking.free(unloadModels, freeMemory));
    }

    /** As {@link ServerApi#objectInfo()}. */
    public CompletableFuture<ObjectInfo> objectInfo() {
        return async.call(blocking::objectInfo);
    }

    /** As {@link ServerApi#objectInfo(String)}. */
    public CompletableFuture<Optional<NodeSchema>> objectInfo(String classType) {
        return async.call(() -> blocking.objectInfo(classType));
    }

    /** As {@link ServerApi#refreshObjectInfo()}. */
    public CompletableFuture<ObjectInfo> refreshObjectInfo() {
        return async.call(blocking::refreshObjectInfo);
    }
}
