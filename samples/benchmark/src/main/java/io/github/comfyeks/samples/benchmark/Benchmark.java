package io.github.comfyeks.samples.benchmark;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.workflow.Workflow;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Runs many jobs, an EmptyImage of a colour of its own into a PreviewImage each, fetches each picture and checks that it is
 * the job's own. Reads {@code COMFY_URL}, {@code JOBS}, {@code INFLIGHT}, {@code MODE} ({@code seq}: one at a time, {@code
 * load}), {@code JOB_BASE} (the first colour), {@code SIZE} (edge in pixels) and {@code TIMEOUT_S} from the environment and
 * prints one line, {@code RESULT} and JSON.
 */
public final class Benchmark {
    private static final String COLOUR = "\"color\": ";

    private final ComfyClient client;
    private final Workflow template;
    private final int jobs;
    private final int firstColour;
    private final double[] millis;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger right = new AtomicInteger();
    private final AtomicInteger wrong = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger uncaught = new AtomicInteger();
    private final Map<String, Integer> errors = new ConcurrentHashMap<>();
    private final CountDownLatch done;
    private final long start = System.nanoTime();
    private volatile long last = start;

    private Benchmark(ComfyClient client, int jobs, int firstColour, int size) {
        this.client = client;
        this.jobs = jobs;
        this.firstColour = firstColour;
        this.millis = new double[jobs];
        this.done = new CountDownLatch(jobs);
        this.template = Workflow.parse("""
                {"1": {"class_type": "EmptyImage", "inputs": {"width": %d, "height": %d, "batch_size": 1, "color": 0}},
                 "2": {"class_type": "PreviewImage", "inputs": {"images": ["1", 0]}}}""".formatted(size, size));
    }

    public static void main(String[] arguments) throws InterruptedException {
        Map<String, String> env = System.getenv();
        int jobs = Integer.parseInt(env.getOrDefault("JOBS", "60"));
        int inFlight = "seq".equals(env.get("MODE")) ? 1 : Integer.parseInt(env.getOrDefault("INFLIGHT", "32"));
        double seconds = Double.parseDouble(env.getOrDefault("TIMEOUT_S", "120"));
        URI server = URI.create(env.getOrDefault("COMFY_URL", "http://127.0.0.1:8188"));
        try (ComfyClient client = ComfyClient.create(server)) {
            Benchmark benchmark = new Benchmark(
                    client,
                    jobs,
                    Integer.parseInt(env.getOrDefault("JOB_BASE", "1")),
                    Integer.parseInt(env.getOrDefault("SIZE", "64")));
            System.out.println(benchmark.run(inFlight, seconds));
            System.out.flush();
        }
    }

    private String run(int inFlight, double seconds) throws InterruptedException {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> uncaught.incrementAndGet());
        if (inFlight == 1) {
            Thread one = new Thread(this::oneAfterAnother, "benchmark");
            one.setDaemon(true);
            one.start();
        } else {
            for (int i = 0; i < Math.min(inFlight, jobs); i++) {
                startNext();
            }
        }
        boolean all = done.await((long) (seconds * 1000), TimeUnit.MILLISECONDS);
        return report(all ? last : System.nanoTime());
    }

    private void oneAfterAnother() {
        for (int job = next.getAndIncrement(); job < jobs; job = next.getAndIncrement()) {
            long begun = System.nanoTime();
            try (Execution run = client.queue(workflow(job))) {
                check(job, begun, run.await().images().get(0).bytes());
            } catch (RuntimeException e) {
                fail(e);
            }
        }
    }

    private void startNext() {
        int job = next.getAndIncrement();
        if (job >= jobs) {
            return;
        }
        long begun = System.nanoTime();
        var unused = client.async()
                .run(workflow(job))
                .thenCompose(result -> result.images().get(0).async().bytes())
                .whenComplete((bytes, failure) -> {
                    if (failure == null) {
                        check(job, begun, bytes);
                    } else {
                        fail(failure);
                    }
                    startNext();
                });
    }

    private Workflow workflow(int job) {
        return template.withInput("1", "color", firstColour + job);
    }

    private void check(int job, long begun, byte[] picture) {
        String head = new String(picture, 0, Math.min(picture.length, 1500), StandardCharsets.ISO_8859_1);
        if (colour(head) == firstColour + job) {
            millis[job] = (System.nanoTime() - begun) / 1e6;
            right.incrementAndGet();
        } else {
            wrong.incrementAndGet();
        }
        last = System.nanoTime();
        done.countDown();
    }

    private static int colour(String head) {
        int start = head.indexOf(COLOUR) + COLOUR.length();
        int end = start;
        while (end < head.length() && Character.isDigit(head.charAt(end))) {
            end++;
        }
        return start < COLOUR.length() || start == end ? -1 : Integer.parseInt(head, start, end, 10);
    }

    private void fail(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        failed.incrementAndGet();
        errors.merge(cause.getClass().getSimpleName() + ": " + cause.getMessage(), 1, Integer::sum);
        last = System.nanoTime();
        done.countDown();
    }

    private String report(long end) {
        StringBuilder latencies = new StringBuilder();
        for (double each : millis) {
            latencies.append(latencies.isEmpty() ? "" : ",");
            latencies.append(each == 0 ? "null" : String.valueOf(Math.round(each * 100) / 100.0));
        }
        String texts = errors.entrySet().stream()
                .map(error -> "\"" + error.getKey().replaceAll("[\"\\\\\\p{Cntrl}]", " ") + "\":" + error.getValue())
                .collect(Collectors.joining(","));
        int hung = jobs - right.get() - wrong.get() - failed.get();
        return String.format(
                Locale.ROOT,
                "RESULT {\"ok\":%d,\"wrong\":%d,\"err\":%d,\"hung\":%d,\"uncaught\":%d,\"wall_ms\":%.1f,\"last_ms\":%.1f,"
                        + "\"lat\":[%s],\"errors\":{%s}}",
                right.get(),
                wrong.get(),
                failed.get(),
                hung,
                uncaught.get(),
                (end - start) / 1e6,
                (last - start) / 1e6,
                latencies,
                texts);
    }
}
