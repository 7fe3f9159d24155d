package io.github.comfyeks.server;

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
public interface AsyncServerApi {
    /** As {@link ServerApi#systemStats()}. */
    CompletableFuture<SystemStats> systemStats();

    /** As {@link ServerApi#features()}. */
    CompletableFuture<Map<String, Object>> features();

    /** As {@link ServerApi#queueRemaining()}. */
    CompletableFuture<Integer> queueRemaining();

    /** As {@link ServerApi#queue()}. */
    CompletableFuture<QueueSnapshot> queue();

    /** As {@link ServerApi#history(PromptId)}. */
    CompletableFuture<Optional<HistoryEntry>> history(PromptId id);

    /** As {@link ServerApi#history(int)}. */
    CompletableFuture<List<HistoryEntry>> history(int maxItems);

    /** As {@link ServerApi#history(int, int)}. */
    CompletableFuture<List<HistoryEntry>> history(int maxItems, int offset);

    /** As {@link ServerApi#deleteHistory(Collection)}. */
    CompletableFuture<@Nullable Void> deleteHistory(Collection<PromptId> ids);

    /** As {@link ServerApi#clearHistory()}. */
    CompletableFuture<@Nullable Void> clearHistory();

    /** As {@link ServerApi#deletePending(Collection)}. */
    CompletableFuture<@Nullable Void> deletePending(Collection<PromptId> ids);

    /** As {@link ServerApi#clearPending()}. */
    CompletableFuture<@Nullable Void> clearPending();

    /** As {@link ServerApi#interruptWhateverRuns()}. */
    CompletableFuture<@Nullable Void> interruptWhateverRuns();

    /** As {@link ServerApi#interrupt(PromptId)}. */
    CompletableFuture<@Nullable Void> interrupt(PromptId id);

    /** As {@link ServerApi#models()}. */
    CompletableFuture<List<String>> models();

    /** As {@link ServerApi#models(String)}. */
    CompletableFuture<List<String>> models(String folder);

    /** As {@link ServerApi#modelFiles(String)}. */
    CompletableFuture<List<ServerModel>> modelFiles(String folder);

    /** As {@link ServerApi#embeddings()}. */
    CompletableFuture<List<String>> embeddings();

    /** As {@link ServerApi#free(boolean, boolean)}. */
    CompletableFuture<@Nullable Void> free(boolean unloadModels, boolean freeMemory);

    /** As {@link ServerApi#objectInfo()}. */
    CompletableFuture<ObjectInfo> objectInfo();

    /** As {@link ServerApi#objectInfo(String)}. */
    CompletableFuture<Optional<NodeSchema>> objectInfo(String classType);

    /** As {@link ServerApi#refreshObjectInfo()}. */
    CompletableFuture<ObjectInfo> refreshObjectInfo();
}
