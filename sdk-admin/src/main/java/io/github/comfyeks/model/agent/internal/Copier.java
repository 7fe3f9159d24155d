package io.github.comfyeks.model.agent.internal;

import io.github.comfyeks.model.store.StoreException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Copies many models at once. Any number of threads {@link #work}: each fetches the next part of an open copy, opens the next copy, or
 * finishes one; there are more of them than may read at once, so that reading goes on while a whole model is forced to the disk. Memory
 * is bounded by the buffers: a thread takes the right to one before it takes a part, and the parts of a copy are taken in order, so
 * whoever waits for a buffer waits for a thread that has one.
 */
final class Copier {
    private static final long MARGIN = 1 << 20;

    private final Workplace place;
    private final Fetch fetch;
    private final int most;
    private final int partSize;
    private final BiConsumer<CopyJob, Outcome> results;

    private final Semaphore permits;
    private final ConcurrentLinkedQueue<byte[]> buffers = new ConcurrentLinkedQueue<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<CopyJob> waiting;
    private final List<Copy> open = new ArrayList<>();
    private int reading;
    private int finishing;
    private long reserved;

    /**
     * @param most requests at once, and copies that are open at once
     * @param results told of each job's end, by any thread
     */
    Copier(
            Workplace place,
            Fetch fetch,
            Collection<CopyJob> jobs,
            int most,
            int partSize,
            BiConsumer<CopyJob, Outcome> results) {
        this.place = place;
        this.fetch = fetch;
        this.waiting = new ArrayDeque<>(jobs);
        this.most = most;
        this.partSize = partSize;
        this.results = results;
        this.permits = new Semaphore(2 * most);
    }

    @FunctionalInterface
    private interface Step {
        void run(byte[] buffer) throws InterruptedException;
    }

    /** How many threads should work. */
    int threads() {
        return most + (most + 1) / 2;
    }

    /** Takes part in the work until all of it is done. */
    void work() throws InterruptedException {
        while (true) {
            permits.acquire();
            Optional<Step> step = Optional.empty();
            try {
                step = next();
            } finally {
                if (step.isEmpty()) {
                    permits.release();
                }
            }
            if (step.isEmpty()) {
                return;
            }
            byte[] used = buffers.poll();
            step.get().run(used == null ? new byte[partSize] : used);
        }
    }

    /** Keeps what is half there, after all threads have stopped. */
    void close() throws IOException {
        for (Copy copy : open) {
            copy.close();
        }
    }

    private void release(byte[] buffer) {
        buffers.add(buffer);
        permits.release();
    }

    private Optional<Step> next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                if (reading < most) {
                    Optional<Step> step = nextToRead();
                    if (step.isPresent()) {
                        reading++;
                        return step;
                    }
                }
                if (waiting.isEmpty() && open.isEmpty() && reading == 0) {
                    changed.signalAll();
                    return Optional.empty();
                }
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private Optional<Step> nextToRead() {
        if (!waiting.isEmpty() && open.size() - finishing < most) {
            CopyJob job = waiting.removeFirst();
            return Optional.of(buffer -> open(job, buffer));
        }
        Optional<Copy> idlest =
                open.stream().filter(Copy::hasParts).min(Comparator.comparingInt(copy -> copy.fetching));
        return idlest.map(copy -> {
            int part = copy.takePart();
            copy.fetching++;
            return buffer -> fetch(copy, part, buffer);
        });
    }

    private void open(CopyJob job, byte[] buffer) throws InterruptedException {
        Outcome failure = null;
        Copy copy = null;
        boolean complete = false;
        boolean isUsed = false;
        try {
            copy = Copy.open(job, place.store(), place.partials(), partSize, this::release);
            failure = reserve(copy);
            if (failure == null) {
                isUsed = true;
                complete = copy.resume(buffer);
            }
        } catch (StoreException e) {
            failure = of(e);
        } catch (IOException e) {
            failure = disk(e);
        } finally {
            if (!isUsed) {
                release(buffer);
            }
        }
        if (failure != null) {
            failure = copy == null ? failure : discarded(copy, failure);
            results.accept(job, failure);
        }
        lock.lock();
        try {
            reading--;
            finishing += complete ? 1 : 0;
            if (copy != null && failure == null) {
                open.add(copy);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (complete && copy != null) {
            finish(copy);
        }
    }

    private static Outcome discarded(Copy copy, Outcome why) throws InterruptedException {
        try {
            copy.discard();
            return why;
        } catch (IOException e) {
            return disk(e);
        }
    }

    /** Says no if the disk has no room for what is still to come, of this copy and of all open ones. */
    private @Nullable Outcome reserve(Copy copy) throws IOException {
        lock.lock();
        try {
            long room = Math.max(place.host().disk().room(place.root()) - reserved - MARGIN, 0);
            if (copy.missing() > room) {
                return Outcome.failed(
                        "the disk is full: it needs " + copy.missing() + " bytes more, " + room + " are free");
            }
            reserved += copy.missing();
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void fetch(Copy copy, int part, byte[] buffer) throws InterruptedException {
        Outcome failure = null;
        boolean broken = false;
        boolean complete = false;
        try {
            complete = copy.fetch(part, buffer, fetch);
        } catch (StoreException e) {
            failure = of(e);
        } catch (IOException e) {
            failure = disk(e);
            broken = true;
        }
        boolean ended;
        lock.lock();
        try {
            reading--;
            finishing += complete ? 1 : 0;
            copy.fetching--;
            if (failure == null) {
                reserved -= copy.length(part);
            } else {
                copy.fail(failure, broken);
            }
            ended = copy.failure() != null && copy.fetching == 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (complete) {
            finish(copy);
        } else if (ended) {
            abandon(copy);
        }
    }

    private void abandon(Copy copy) throws InterruptedException {
        long missing = copy.missing();
        Outcome outcome = Objects.requireNonNull(copy.failure());
        if (copy.isBroken()) {
            outcome = discarded(copy, outcome);
        } else {
            try {
                copy.close();
            } catch (IOException e) {
                outcome = disk(e);
            }
        }
        end(copy, missing, outcome);
    }

    private void finish(Copy copy) throws InterruptedException {
        Outcome outcome;
        try {
            outcome = copy.finish(place.folder(), place.log(), place.now());
        } catch (IOException e) {
            outcome = discarded(copy, disk(e));
        }
        lock.lock();
        try {
            finishing--;
        } finally {
            lock.unlock();
        }
        end(copy, 0, outcome);
    }

    private void end(Copy copy, long unused, Outcome outcome) {
        boolean again = outcome.kind() == Outcome.Kind.CORRUPT && !copy.job().again();
        if (!again) {
            results.accept(copy.job(), outcome);
        }
        lock.lock();
        try {
            open.remove(copy);
            reserved -= unused;
            if (again) {
                waiting.addFirst(copy.job().onceMore());
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static Outcome of(StoreException e) {
        String said = String.valueOf(e.getMessage());
        return e.status() == 412 || e.status() == 404 ? new Outcome(Outcome.Kind.CHANGED, said) : Outcome.failed(said);
    }

    /** Unless we were told to stop: that closes files too. */
    private static Outcome disk(IOException e) throws InterruptedException {
        if (e instanceof ClosedChannelException) {
            throw new InterruptedException("while writing");
        }
        return new Outcome(Outcome.Kind.BROKEN, "the disk refuses it: " + e);
    }
}
