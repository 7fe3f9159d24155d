package io.github.comfyeks.model.agent.internal;

import io.github.comfyeks.model.agent.AgentReport;
import io.github.comfyeks.model.store.ModelKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;

/** A report in the making. Safe for any number of threads. */
final class Tally {
    final Set<ModelKey> copied = new ConcurrentSkipListSet<>();
    final Set<ModelKey> removed = new ConcurrentSkipListSet<>();
    final Set<ModelKey> evicted = new ConcurrentSkipListSet<>();
    final Map<ModelKey, String> waiting = new ConcurrentHashMap<>();
    final Map<ModelKey, String> skipped = new ConcurrentHashMap<>();
    final Map<String, String> refused = new ConcurrentHashMap<>();
    final Map<ModelKey, String> conflicts = new ConcurrentHashMap<>();
    final Map<ModelKey, String> failed = new ConcurrentHashMap<>();
    final AtomicLong bytes = new AtomicLong();

    private final Clock clock;
    private final Instant started;
    private volatile int kept;
    private volatile long generation;
    private volatile String problem = "";

    Tally(Clock clock) {
        this.clock = clock;
        this.started = clock.instant();
    }

    /** Before another look: what was done stays, what was found is found again. */
    void lookAgain() {
        List.of(waiting, skipped, conflicts, failed).forEach(Map::clear);
        refused.clear();
        problem = "";
    }

    void kept(int count) {
        kept = count;
    }

    void generation(long seen) {
        generation = seen;
    }

    /** The first problem counts. */
    void problem(String text) {
        problem = problem.isEmpty() ? text : problem;
    }

    AgentReport report() {
        return new AgentReport(
                started,
                Duration.between(started, clock.instant()),
                generation,
                List.copyOf(copied),
                List.copyOf(removed),
                List.copyOf(evicted),
                kept,
                bytes.get(),
                waiting,
                skipped,
                refused,
                conflicts,
                failed,
                problem);
    }
}
