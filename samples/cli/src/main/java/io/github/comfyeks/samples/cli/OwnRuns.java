package io.github.comfyeks.samples.cli;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.execution.Execution;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The runs that this command has submitted: Ctrl-C interrupts them, and no others. */
final class OwnRuns implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_AT_ONCE = 16;

    private final Set<Execution> runs = ConcurrentHashMap.newKeySet();
    private final ComfyClient client;
    private final Thread hook = new Thread(this::interruptAll, "comfyeks-ctrl-c");

    OwnRuns(ComfyClient client) {
        this.client = client;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    void add(Execution run) {
        runs.add(run);
    }

    void remove(Execution run) {
        runs.remove(run);
    }

    /** What Ctrl-C does. */
    void interruptAll() {
        List<Execution> all = List.copyOf(runs);
        if (!all.isEmpty()) {
            ExecutorService threads = Executors.newFixedThreadPool(Math.min(all.size(), MOST_AT_ONCE));
            try {
                List<Future<Boolean>> asked = threads.invokeAll(
                        all.stream()
                                .map(run -> (Callable<Boolean>) run::interrupt)
                                .toList(),
                        PATIENCE.toMillis(),
                        TimeUnit.MILLISECONDS);
                for (int i = 0; i < all.size(); i++) {
                    tellUnlessAsked(all.get(i), asked.get(i));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                threads.shutdownNow();
            }
        }
        client.close();
    }

    private static void tellUnlessAsked(Execution run, Future<Boolean> asked) throws InterruptedException {
        @Nullable String why;
        try {
            asked.get();
            return;
        } catch (CancellationException e) {
            why = "the server did not answer within " + PATIENCE.toSeconds() + " s";
        } catch (ExecutionException e) {
            why = Objects.requireNonNullElse(e.getCause(), e).getMessage();
        }
        System.err.println("comfyeks: run " + run.promptId() + " was not interrupted, and may go on: " + why);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the JVM is on its way down: then the hook runs
            return;
        }
        client.close();
    }
}
