package io.github.comfyeks.testing.internal.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.comfyeks.testing.internal.json.Json;
import org.jspecify.annotations.Nullable;

/** The one thread that runs prompts, one after the other. */
public final class Worker implements Runnable {
    private final PromptQueue queue;
    private final History history;
    private final RunServices services;
    private final NodeCache cache;
    private final Witness witness;

    /** Hears of runs, and may change what becomes of their end. */
    public interface Witness {
        void started(QueueItem item);

        void ended(QueueItem item, RunResult result);

        /** The last moment before the history entry is written: false if the server dies here. */
        boolean survives(QueueItem item);

        /** Whether the entry is written at once; if not, the witness calls {@code record} later, or never. */
        boolean recordsNow(QueueItem item, Runnable record);
    }

    public Worker(PromptQueue queue, History history, RunServices services, Witness witness) {
        this.queue = queue;
        this.history = history;
        this.services = services;
        this.witness = witness;
        this.cache = new NodeCache(services.schemas(), services.types(), services.folders());
    }

    /** Forgets the results of nodes ({@code POST /free} with {@code free_memory}). */
    public void clearCache() {
        cache.clear();
    }

    @Override
    public void run() {
        try {
            for (QueueItem item = queue.take(); item != null; item = queue.take()) {
                if (!work(item)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean work(QueueItem item) {
        witness.started(item);
        RunResult result = new GraphRun(services, cache, item).run();
        if (services.interrupts().isClosed()) {
            return false;
        }
        witness.ended(item, result);
        if (!witness.survives(item)) {
            return false;
        }
        Runnable record = () -> history.put(item.promptId(), result.toHistory(item));
        queue.done(() -> {
            if (witness.recordsNow(item, record)) {
                record.run();
            }
        });
        String clientId = clientOf(item);
        if (clientId != null) {
            ObjectNode data = Json.object();
            data.putNull("node");
            data.put("prompt_id", item.promptId());
            services.events().send("executing", data, clientId);
        }
        queue.settled();
        return true;
    }

    private static @Nullable String clientOf(QueueItem item) {
        return Json.textOrNull(item.extraData().get("client_id"));
    }
}
