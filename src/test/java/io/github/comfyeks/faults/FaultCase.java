package io.github.comfyeks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.ClientOptions;
import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.execution.ExecutionEvent;
import io.github.comfyeks.execution.ExecutionResult;
import io.github.comfyeks.execution.QueueOptions;
import io.github.comfyeks.execution.RunLimits;
import io.github.comfyeks.testing.FakeComfyServer;
import io.github.comfyeks.testing.RunCount;
import io.github.comfyeks.workflow.Workflow;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;

/** Runs many jobs on a server of its own under some faults, and checks what must hold in any weather. */
final class FaultCase {
    private static final int IN_FLIGHT = 50;
    private static final Workflow TEMPLATE = Workflow.parse("""
            {"1": {"class_type": "EmptyImage", "inputs": {"width": 16, "height": 16, "batch_size": 1, "color": 0}},
             "2": {"class_type": "PreviewImage", "inputs": {"images": ["1", 0]}}}""");

    private final Set<Weather> weather;
    private final int runs;
    private final long seed;
    private final Map<End, AtomicInteger> ends = new ConcurrentHashMap<>();
    private final List<String> wrong = java.util.Collections.synchronizedList(new ArrayList<>());

    FaultCase(Set<Weather> weather, int runs, long seed) {
        this.weather = weather;
        this.runs = runs;
        this.seed = seed;
    }

    void check() throws InterruptedException, ExecutionException {
        try (FakeComfyServer server = FakeComfyServer.builder()
                .seed(seed)
                .jobTime(Duration.ofMillis(3))
                .build()) {
            weather.forEach(each -> each.begin(server));
            try (ComfyClient client = ComfyClient.create(ClientOptions.builder(server.uri())
                    .runLimits(RunLimits.standard().withQueued(limit()))
                    .build())) {
                submitAll(server, client);
            }
            server.faults().clear();
            checkServer(server);
        }
        assertThat(wrong).as("seed %s", seed).isEmpty();
        assertThat(Weather.rightEnds(weather))
                .as("seed %s, ends %s", seed, ends)
                .containsAll(ends.keySet());
        if (ends.containsKey(End.REFUSED)) {
            assertThat(ends.get(End.REFUSED).get()).as("refused").isLessThanOrEqualTo(2);
        }
    }

    /** Short where nothing will ever run, out of the way otherwise. */
    private Duration limit() {
        return weather.contains(Weather.DEAD_WORKER) ? Duration.ofSeconds(2) : Duration.ofMinutes(2);
    }

    private void submitAll(FakeComfyServer server, ComfyClient client) throws InterruptedException, ExecutionException {
        ExecutorService callers = Executors.newFixedThreadPool(IN_FLIGHT);
        try {
            List<Future<?>> all = new ArrayList<>();
            AtomicInteger begun = new AtomicInteger();
            for (int i = 0; i < runs; i++) {
                int colour = 1 + i;
                all.add(callers.submit(() -> {
                    if (begun.incrementAndGet() == runs / 2) {
                        weather.forEach(each -> each.whileRunning(server));
                    }
                    one(client, colour);
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            callers.shutdownNow();
        }
    }

    private void one(ComfyClient client, int colour) {
        AtomicInteger lastEvents = new AtomicInteger();
        QueueOptions options = QueueOptions.builder()
                .listener(event -> count(event, lastEvents))
                .build();
        End end;
        try (Execution run = client.queue(TEMPLATE.withInput("1", "color", colour), options)) {
            end = finish(run, colour, lastEvents);
        } catch (RuntimeException e) {
            end = End.of(e);
            if (end == End.OTHER) {
                wrong.add("run " + colour + ": " + e);
            }
        }
        ends.computeIfAbsent(end, key -> new AtomicInteger()).incrementAndGet();
    }

    private static void count(ExecutionEvent event, AtomicInteger lastEvents) {
        if (event.isLast()) {
            lastEvents.incrementAndGet();
        }
    }

    private End finish(Execution run, int colour, AtomicInteger lastEvents) {
        try {
            ExecutionResult result = run.await();
            long last = run.events().stream().filter(ExecutionEvent::isLast).count();
            if (last != 1 || lastEvents.get() > 1) {
                wrong.add("run " + colour + " had " + last + " last events");
            }
            if (survivesRestart()) {
                checkPicture(result, colour);
            }
            return End.SUCCEEDED;
        } catch (RuntimeException e) {
            End end = End.of(e);
            if (end == End.OTHER) {
                wrong.add("run " + colour + ": " + e);
            }
            return end;
        }
    }

    /** Temporary pictures do not outlive a server. */
    private boolean survivesRestart() {
        return weather.stream().noneMatch(each -> each.harm == Weather.Harm.RUNS);
    }

    private void checkPicture(ExecutionResult result, int colour) {
        try {
            BufferedImage picture =
                    ImageIO.read(new ByteArrayInputStream(result.images().get(0).bytes()));
            if ((picture.getRGB(0, 0) & 0xffffff) != colour) {
                wrong.add("run " + colour + " got the picture of " + (picture.getRGB(0, 0) & 0xffffff));
            }
        } catch (IOException e) {
            wrong.add("run " + colour + " got no picture: " + e);
        }
    }

    private void checkServer(FakeComfyServer server) {
        for (RunCount run : server.runs()) {
            if (run.started() > 1) {
                wrong.add(run.promptId() + " was run " + run.started() + " times");
            }
            // what a dying server forgot before it began may be sent to it again
            if (run.queued() > 1 && survivesRestart()) {
                wrong.add(run.promptId() + " was queued " + run.queued() + " times");
            }
        }
        assertThat(server.runs().size())
                .as("each job is on the server once at most")
                .isLessThanOrEqualTo(runs);
    }
}
