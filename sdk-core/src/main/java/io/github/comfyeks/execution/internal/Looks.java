package io.github.comfyeks.execution.internal;

import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.error.HttpStatusException;
import io.github.comfyeks.internal.TimeSource;
import io.github.comfyeks.server.HistoryEntry;
import io.github.comfyeks.server.internal.HistoryParser;
import io.github.comfyeks.server.internal.JobsParser;
import io.github.comfyeks.server.internal.QueueParser;
import io.github.comfyeks.transport.internal.Http;
import io.github.comfyeks.transport.internal.HttpCall;
import io.github.comfyeks.transport.internal.HttpReply;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Looks at what the server knows of runs. Each is one attempt: who asks for looks repeats them by itself. The queue comes
 * from the jobs list where the server has it, since {@code /queue} carries every graph (H3).
 */
final class Looks {
    /** After the jobs list failed (one odd prompt breaks it for all, H5), so long {@code /queue} is asked instead. */
    private static final long JOBS_PAUSE = Duration.ofMinutes(1).toNanos();

    private enum Jobs {
        UNKNOWN,
        PRESENT,
        ABSENT
    }

    private final Http http;
    private final TimeSource time;
    private final Refusals refusals;
    private volatile Jobs jobs = Jobs.UNKNOWN;
    private volatile long jobsAgainAt;

    Looks(Http http) {
        this.http = http;
        this.time = http.config().time();
        this.jobsAgainAt = time.nanoTime();
        this.refusals = new Refusals(http.config().retry().budget());
    }

    /** Whether looks are refused for good. */
    Refusals refusals() {
        return refusals;
    }

    private <T> T noted(Supplier<T> look) {
        try {
            T seen = look.get();
            refusals.answered();
            return seen;
        } catch (ComfyException e) {
            refusals.failed(e, time.nanoTime());
            throw e;
        }
    }

    /** Whether asking for the queue costs little however long it is. */
    boolean isQueueCheap() {
        return jobs != Jobs.ABSENT && time.nanoTime() - jobsAgainAt >= 0;
    }

    Optional<HistoryEntry> history(String promptId) {
        HttpReply reply =
                noted(() -> http.send(HttpCall.get("/history/{id}", promptId).once()));
        return HistoryParser.entry(reply.bytes(), promptId);
    }

    /** Of the newest entries those of these runs, without their graphs; of runs that have just ended, one answer tells many. */
    Map<String, HistoryEntry> newest(int count, Set<String> wanted) {
        HttpCall call = HttpCall.get("/history").query("max_items", count);
        return noted(() -> http.readOnce(call, body -> HistoryParser.entries(body, wanted)));
    }

    QueueView queue() {
        return noted(this::askForQueue);
    }

    private QueueView askForQueue() {
        if (isQueueCheap()) {
            try {
                HttpReply reply = http.send(HttpCall.get("/api/jobs")
                        .query("status", "pending,in_progress")
                        .accept(404, 405)
                        .once());
                if (reply.status() == 200) {
                    jobs = Jobs.PRESENT;
                    return QueueView.of(JobsParser.queue(reply.bytes()));
                }
                jobs = Jobs.ABSENT;
            } catch (HttpStatusException e) {
                if (e.status() != 500) {
                    throw e;
                }
                jobsAgainAt = time.nanoTime() + JOBS_PAUSE;
            }
        }
        return QueueView.of(http.readOnce(HttpCall.get("/queue"), QueueParser::ids));
    }

    /** One run: the queue first, history after it, so that a run on its way from one to the other is found. */
    Signal full(String promptId) {
        QueueView queue = queue();
        if (queue.holds(promptId)) {
            return queue.signal(promptId);
        }
        return historyOr(promptId, Signal.Simple.ABSENT);
    }

    Signal historyOr(String promptId, Signal otherwise) {
        return history(promptId).<Signal>map(Signal.Ended::new).orElse(otherwise);
    }

    /** A look of either kind; failures say nothing about the run. */
    Signal look(String promptId, boolean withQueue) {
        try {
            return withQueue ? full(promptId) : historyOr(promptId, Signal.Simple.NOT_IN_HISTORY);
        } catch (ComfyException e) {
            return Signal.Simple.LOOK_FAILED;
        }
    }
}
