package io.github.comfyeks.server;

import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.error.HttpStatusException;
import io.github.comfyeks.error.UnsupportedByServerException;
import io.github.comfyeks.ref.PromptId;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.ObjectInfo;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One ComfyUI server, asked and told things that are not about one run of ours. Each call is a request and blocks until it
 * is answered; reads are repeated as the client's retry policy says. Safe for any number of threads.
 *
 * <p>Queue and history belong to everybody who uses the server: what clears or interrupts here hits other people's work, and
 * says so in its name.
 *
 * <p>Every call throws a {@link ComfyException}: for a server that cannot be reached, an answer that is no ComfyUI's, a
 * limit reached, credentials refused.
 */
public interface ServerApi {
    /** Version, memory and devices: {@code GET /system_stats}. */
    SystemStats systemStats();

    /** What the server says it can do, as plain JSON data: {@code GET /features}. {@code max_upload_size} is in bytes. */
    Map<String, Object> features();

    /** How many prompts wait or run, everybody's: {@code GET /prompt}. Cheap. */
    int queueRemaining();

    /**
     * What runs and what waits, everybody's: {@code GET /queue}. The server sends every graph along, 20 MB for a thousand
     * prompts of 20 KB; they are skipped as they come. {@link JobsApi#list(JobQuery)} is cheaper where the server has it.
     */
    QueueSnapshot queue();

    /** The run with this id, once it has ended, with its graph: {@code GET /history/{id}}. Empty before, and for unknown ids. */
    Optional<HistoryEntry> history(PromptId id);

    /**
     * The newest runs that have ended, oldest of them first, with their graphs: {@code GET /history?max_items=…}.
     *
     * @param maxItems how many at most, from 1
     */
    List<HistoryEntry> history(int maxItems);

    /**
     * A page of the runs that have ended, oldest first, with their graphs: {@code GET /history?max_items=…&offset=…}.
     *
     * @param maxItems how many at most, from 1
     * @param offset how many of the oldest to leave out, from 0; the oldest go by themselves when history is full
     */
    List<HistoryEntry> history(int maxItems, int offset);

    /** Takes these runs out of history, unknown ones aside: {@code POST /history {delete}}. Their files stay. */
    void deleteHistory(Collection<PromptId> ids);

    /** Empties history, everybody's: {@code POST /history {clear}}. Who still waits for a run finds it lost. */
    void clearHistory();

    /**
     * Takes these prompts out of the queue as far as they still wait: {@code POST /queue {delete}}. There is no event and no
     * history of it. If an id waits several times, one of them goes.
     */
    void deletePending(Collection<PromptId> ids);

    /** Takes all waiting prompts out of the queue, everybody's: {@code POST /queue {clear}}. */
    void clearPending();

    /** Stops whatever runs, whoever it belongs to: {@code POST /interrupt} without a body. */
    void interruptWhateverRuns();

    /**
     * Stops this run if it is the one that runs, and no other: {@code POST /interrupt {prompt_id}}. The server looks for it
     * at progress steps and between nodes only, so a run in its last node may still end well.
     *
     * @throws UnsupportedByServerException before ComfyUI 0.3.57, which would stop whatever runs
     */
    void interrupt(PromptId id);

    /** The names of the folders of models, such as {@code checkpoints}: {@code GET /models}. */
    List<String> models();

    /**
     * The files in one folder of models, as relative paths: {@code GET /models/{folder}}.
     *
     * @throws HttpStatusException with 404 if there is no such folder; the message names those that there are
     */
    List<String> models(String folder);

    /**
     * The same with sizes: {@code GET /experiment/models/{folder}}, which ComfyUI calls an experiment and has had since 0.3.
     *
     * @throws HttpStatusException with 404 if there is no such folder, or no such route
     */
    List<ServerModel> modelFiles(String folder);

    /** The names of the embeddings, without extension: {@code GET /embeddings}. */
    List<String> embeddings();

    /**
     * Frees memory before the next run, everybody's: {@code POST /free}. The server does it when it gets to it.
     *
     * @param unloadModels take the models out of the GPU's memory
     * @param freeMemory empty the cache of the nodes' results too, so that all nodes run anew
     */
    void free(boolean unloadModels, boolean freeMemory);

    /**
     * All node classes: {@code GET /object_info}, up to 2 MB and more with custom nodes. Kept for a while, as the client is
     * told to; callers at the same time share one request.
     */
    ObjectInfo objectInfo();

    /**
     * One node class, from what is kept if it is fresh, else {@code GET /object_info/{class}}. Empty if the server has no such
     * class.
     */
    Optional<NodeSchema> objectInfo(String classType);

    /** All node classes as of now, for after models or custom nodes were added. Replaces what is kept. */
    ObjectInfo refreshObjectInfo();
}
