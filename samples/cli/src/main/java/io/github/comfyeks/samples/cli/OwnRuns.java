package io.github.comfyeks.samples.cli;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.ref.ExecutionState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The runs that this command has submitted: Ctrl-C interrupts them, and no others. */
final class OwnRuns implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_AT_ONCE = 16;

    /** Read while a run is submitted, so that Ctrl-C knows of all that have arrived. */
    private final ReentrantReadWriteLock submitting = new ReentrantReadWriteLock();

    private final Set<Execution> runs = ConcurrentHashMap.newKeySet();
    private final ComfyClient client;
    private volatile boolean ending;
    private final Thread hook = new Thread(this::interruptAll, "comfyeks-ctrl-c");

    OwnRuns(ComfyClient client) {
        this.client = client;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Submits a run as the command's own; empty once Ctrl-C was pressed. */
    Optional<Execution> submit(Supplier<Execution> queue) {
        submitting.readLock().lock();
        try {
            if (ending) {
                return Optional.empty();
            }
            Execution run = queue.get();
            runs.add(run);
            return Optional.of(run);
        } finally {
            submitting.readLock().unlock();
        }
    }

    /** Whether Ctrl-C was pressed: how the runs end now is no news. */
    boolean isEnding() {
        return ending;
    }

    void remove(Execution run) {
        runs.remove(run);
    }

    /** What Ctrl-C does. */
    void interruptAll() {
        ending = true;
        try {
            if (submitting.writeLock().tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                submitting.writeLock().unlock();
            }
            // those that wait come first: they would begin as soon as the one that runs has ended
            Map<Boolean, List<Execution>> waiting =
                    runs.stream().collect(Collectors.partitioningBy(run -> run.state() == ExecutionState.QUEUED));
            interrupt(waiting.getOrDefault(true, List.of()));
            interrupt(waiting.getOrDefault(false, List.of()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }

    private static void interrupt(List<Execution> all) throws InterruptedException {
        if (all.isEmpty()) {
            return;
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(all.size(), MOST_AT_ONCE));
        try {
            List<Future<Boolean>> asked = threads.invokeAll(
                    all.stream().map(run -> (Callable<Boolean>) run::interrupt).toList(),
                    PATIENCE.toMillis(),
                    TimeUnit.MILLISECONDS);
            for (int i = 0; i < all.size(); i++) {
                tellUnlessAsked(all.get(i), asked.get(i));
            }
        } finally {
            threads.shutdownNow();
        }
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
