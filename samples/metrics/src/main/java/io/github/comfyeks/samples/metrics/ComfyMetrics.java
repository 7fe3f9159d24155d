package io.github.comfyeks.samples.metrics;

import io.github.comfyeks.observe.ComfyObserver;
import io.github.comfyeks.ref.ExecutionState;
import io.github.comfyeks.ref.PromptId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Binds the clients that it observes to Micrometer. No label grows with the number of runs: routes hold no ids, and reasons,
 * which are free text, are left to the log.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>Name</th><th>Kind</th><th>Labels</th></tr>
 * <tr><td>{@code comfyui.requests}</td><td>timer, to the answer's head</td><td>{@code route}, {@code status} (0: no answer)</td></tr>
 * <tr><td>{@code comfyui.retries}</td><td>counter</td><td>{@code route}</td></tr>
 * <tr><td>{@code comfyui.bytes}</td><td>counter</td><td>{@code direction}: read, written</td></tr>
 * <tr><td>{@code comfyui.socket}</td><td>counter</td><td>{@code event}: opened, dropped, suspected</td></tr>
 * <tr><td>{@code comfyui.queue.stalls}</td><td>counter</td><td></td></tr>
 * <tr><td>{@code comfyui.runs}</td><td>counter of ended runs</td><td>{@code state}</td></tr>
 * <tr><td>{@code comfyui.runs.time}</td><td>timer, from seen running to the end</td><td>{@code state}</td></tr>
 * <tr><td>{@code comfyui.runs.live}</td><td>gauge of runs seen running</td><td></td></tr>
 * </table>
 *
 * <p>A run that is let go while it runs counts as live until a client of this observer sees its end.
 *
 * <p>Safe for use by several threads and several clients.
 */
public final class ComfyMetrics implements ComfyObserver {
    private final MeterRegistry registry;
    private final Tags tags;
    private final Map<PromptId, Timer.Sample> running = new ConcurrentHashMap<>();
    private final Counter read;
    private final Counter written;
    private final Counter opened;
    private final Counter dropped;
    private final Counter suspected;
    private final Counter stalls;

    /** @param tags for every meter, such as the name of the server */
    public ComfyMetrics(MeterRegistry registry, Iterable<? extends Tag> tags) {
        this.registry = registry;
        this.tags = Tags.of(tags);
        this.read = bytes("read");
        this.written = bytes("written");
        this.opened = socket("opened");
        this.dropped = socket("dropped");
        this.suspected = socket("suspected");
        this.stalls = Counter.builder("comfyui.queue.stalls")
                .description("Looks that saw a queue wait while nothing ran")
                .tags(this.tags)
                .register(registry);
        Gauge.builder("comfyui.runs.live", running, Map::size)
                .description("Runs seen running")
                .tags(this.tags)
                .register(registry);
    }

    @Override
    public void onRequest(String route, int status, Duration elapsed) {
        registry.timer("comfyui.requests", tags.and("route", route, "status", String.valueOf(status)))
                .record(elapsed);
    }

    @Override
    public void onRetry(String route, int attempt, Duration delay, String reason) {
        registry.counter("comfyui.retries", tags.and("route", route)).increment();
    }

    @Override
    public void onBytes(long bytesRead, long bytesWritten) {
        read.increment((double) bytesRead);
        written.increment((double) bytesWritten);
    }

    @Override
    public void onSocketOpen() {
        opened.increment();
    }

    @Override
    public void onSocketDown(String reason) {
        dropped.increment();
    }

    @Override
    public void onSocketSuspect(String reason) {
        suspected.increment();
    }

    @Override
    public void onQueueStalled(int waiting, Duration elapsed) {
        stalls.increment();
    }

    @Override
    public void onStateChange(PromptId promptId, ExecutionState from, ExecutionState to) {
        if (to == ExecutionState.RUNNING) {
            running.putIfAbsent(promptId, Timer.start(registry));
        } else if (to.isTerminal()) {
            Tags ended = tags.and("state", to.name().toLowerCase(Locale.ROOT));
            registry.counter("comfyui.runs", ended).increment();
            Timer.Sample sample = running.remove(promptId);
            if (sample != null) {
                sample.stop(registry.timer("comfyui.runs.time", ended));
            }
        }
    }

    private Counter bytes(String direction) {
        return Counter.builder("comfyui.bytes")
                .description("Bodies of requests and answers")
                .baseUnit("bytes")
                .tags(tags.and("direction", direction))
                .register(registry);
    }

    private Counter socket(String event) {
        return Counter.builder("comfyui.socket")
                .description("What happened to the event socket")
                .tags(tags.and("event", event))
                .register(registry);
    }
}
