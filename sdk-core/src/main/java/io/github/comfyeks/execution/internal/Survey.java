package io.github.comfyeks.execution.internal;

import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.internal.ClientThreads;
import io.github.comfyeks.observe.ComfyObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at all live runs of a session at once whose end was not told of yet, for when events cannot be trusted to tell: no socket, a silent one, or one
 * lost event. One list of the queue tells which runs still live; only the others are looked up in history, one by one. Where
 * the list is dear (no jobs API), the runs at the head of the queue are looked up first and the list is asked seldom.
 */
final class Survey {
    /** At the head of the queue; the runs behind it cannot have ended before them. */
    private static final int HEAD = 64;

    private static final Duration DEAR_QUEUE = Duration.ofSeconds(2);
    private static final Duration MOMENT = Duration.ofMillis(500);
    private static final Duration STALLED = Duration.ofSeconds(30);

    /** What one survey has found. */
    record Findings(boolean answered, boolean changed, List<LiveExecution> unannounced) {}

    private final Looks looks;
    private final ClientThreads threads;
    private final Executor requests;
    private final BooleanSupplier hears;
    private final ComfyObserver observer;
    private final java.util.function.LongSupplier clock;

    private volatile long queueAgainAt;
    private volatile @Nullable QueueView last;
    private volatile long stuckSince = ExecutionTracker.NEVER;

    /** @param hears whether there is a socket that events may still come from */
    Survey(
            Looks looks,
            ClientThreads threads,
            BooleanSupplier hears,
            ComfyObserver observer,
            java.util.function.LongSupplier clock) {
        this.looks = looks;
        this.threads = threads;
        this.requests = threads.requests();
        this.hears = hears;
        this.observer = observer;
        this.clock = clock;
        this.queueAgainAt = clock.getAsLong();
    }

    /** Runs on request threads; the future is completed there, never exceptionally. */
    CompletableFuture<Findings> run(Collection<LiveExecution> live) {
        List<LiveExecution> runs = new ArrayList<>(live);
        runs.sort(Comparator.comparingDouble(LiveExecution::number));
        return CompletableFuture.supplyAsync(this::queueView, requests)
                .thenCompose(view -> lookUp(runs, view))
                .exceptionally(failure -> new Findings(false, false, List.of()));
    }

    /** The queue, if it is cheap or its turn has come; null if only history is to be asked. */
    private @Nullable QueueView queueView() {
        long start = clock.getAsLong();
        if (!looks.isQueueCheap() && start < queueAgainAt) {
            return null;
        }
        QueueView view = looks.queue();
        long cost = clock.getAsLong() - start;
        queueAgainAt = clock.getAsLong() + Math.max(DEAR_QUEUE.toNanos(), 10 * cost);
        watchForStall(view);
        last = view;
        return view;
    }

    private CompletableFuture<Findings> lookUp(List<LiveExecution> runs, @Nullable QueueView view) {
        AtomicBoolean answered = new AtomicBoolean();
        AtomicBoolean changed = new AtomicBoolean();
        List<LiveExecution> unannounced = java.util.Collections.synchronizedList(new ArrayList<>());
        List<CompletableFuture<Void>> pending = new ArrayList<>();
        int head = 0;
        for (LiveExecution run : runs) {
            String id = run.promptId().value();
            if (view != null && view.holds(id)) {
                answered.set(true);
                Integer position = view.positions().get(id);
                run.onPosition(position == null ? 0 : position);
                run.onSignal(view.signal(id));
            } else if (view != null || head++ < HEAD) {
                pending.add(CompletableFuture.runAsync(
                        () -> {
                            Signal signal = signal(id, view != null);
                            answered.compareAndSet(false, signal != Signal.Simple.LOOK_FAILED);
                            if (signal instanceof Signal.Ended) {
                                changed.set(true);
                                if (!run.isEndHinted() && !run.isForeign()) {
                                    unannounced.add(run);
                                }
                            }
                            tell(run, signal);
                        },
                        requests));
            }
        }
        return CompletableFuture.allOf(pending.toArray(CompletableFuture[]::new))
                .thenApply(done -> new Findings(answered.get(), changed.get(), List.copyOf(unannounced)));
    }

    /** An end that was not told of yet: its events may be a moment behind, and whoever listens wants them first. */
    private void tell(LiveExecution run, Signal signal) {
        if (signal instanceof Signal.Ended && !run.isEndHinted() && !run.isForeign() && hears.getAsBoolean()) {
            threads.after(MOMENT.toMillis(), () -> requests.execute(() -> run.onSignal(signal)));
        } else {
            run.onSignal(signal);
        }
    }

    private Signal signal(String id, boolean queueSeen) {
        try {
            return looks.historyOr(id, queueSeen ? Signal.Simple.ABSENT : Signal.Simple.NOT_IN_HISTORY);
        } catch (ComfyException e) {
            return Signal.Simple.LOOK_FAILED;
        }
    }

    private void watchForStall(QueueView view) {
        long now = clock.getAsLong();
        if (!view.isStuck()) {
            stuckSince = ExecutionTracker.NEVER;
        } else if (stuckSince == ExecutionTracker.NEVER || !view.equals(last)) {
            stuckSince = now;
        } else if (isStalled()) {
            observer.onQueueStalled(view.positions().size(), Duration.ofNanos(now - stuckSince));
        }
    }

    /** Whether something waits while nothing runs, for long: a server whose worker has died says so for ever (S14). */
    boolean isStalled() {
        return stuckSince != ExecutionTracker.NEVER && clock.getAsLong() - stuckSince >= STALLED.toNanos();
    }
}
