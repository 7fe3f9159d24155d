package io.github.comfyeks.model.store;

import io.github.comfyeks.model.store.internal.LockFile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to change the models in a bucket, kept there as {@code .comfyeks/lock} so that two administrators don't undo each other. It
 * is renewed by a thread of its own until closed; one whose holder died may be taken over a minute after it expired, which allows the
 * clocks of the two to differ as much. Nodes and readers need no lock. Safe for any number of threads.
 */
public final class ModelLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelLock.class);

    private final LockFile file;
    private final Duration expiry;
    private final Clock clock;
    private final ScheduledExecutorService renewal;
    private final ReentrantLock guard = new ReentrantLock();
    private LockFile.Holding holding;

    private ModelLock(LockFile file, LockFile.Holding holding, Duration expiry, Clock clock) {
        this.file = file;
        this.holding = holding;
        this.expiry = expiry;
        this.clock = clock;
        this.renewal = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "comfyeks-lock");
            thread.setDaemon(true);
            return thread;
        });
        long third = Math.max(expiry.toMillis() / 3, 1);
        Future<?> unused = renewal.scheduleWithFixedDelay(this::renewQuietly, third, third, TimeUnit.MILLISECONDS);
    }

    static ModelLock acquire(LockFile file, String owner, Duration expiry, Clock clock) {
        if (expiry.isNegative() || expiry.isZero()) {
            throw new IllegalArgumentException("a lock cannot expire after " + expiry);
        }
        return new ModelLock(
                file, file.acquire(owner, clock.instant(), clock.instant().plus(expiry)), expiry, clock);
    }

    /** Who has it. */
    public String owner() {
        return file.owner(holding());
    }

    /** When it expires unless it is renewed. */
    public Instant until() {
        return holding().until();
    }

    private LockFile.Holding holding() {
        guard.lock();
        try {
            return holding;
        } finally {
            guard.unlock();
        }
    }

    /**
     * Makes it last longer, from now on; called by itself after each third of the time.
     *
     * @throws LockedException if another one took it over
     * @throws StoreException if the bucket cannot be asked; it is held until it expires
     */
    public void renew() {
        guard.lock();
        try {
            holding = file.renew(holding, clock.instant().plus(expiry));
        } finally {
            guard.unlock();
        }
    }

    private void renewQuietly() {
        try {
            renew();
        } catch (LockedException | StoreException e) {
            LOG.warn("the lock cannot be renewed: {}", e.getMessage()); // check() fails once it has expired
        }
    }

    /**
     * To be called before each change: fails if the lock is not held any more.
     *
     * @throws LockedException if it has expired, as when the bucket could not be reached for too long
     */
    public void check() {
        LockFile.Holding now = holding();
        if (!clock.instant().isBefore(now.until())) {
            throw new LockedException(
                    file + ": the lock of " + file.owner(now) + " expired at " + now.until()
                            + " and could not be renewed; look what others did meanwhile, and start again",
                    file.owner(now),
                    now.until(),
                    null);
        }
    }

    /** Gives it back. Quietly does nothing if it is not held any more, or the bucket cannot be asked: then it expires. */
    @Override
    public void close() {
        renewal.shutdownNow();
        guard.lock();
        try {
            file.release(holding);
        } catch (LockedException | StoreException e) {
            LOG.warn("the lock cannot be given back and will expire: {}", e.getMessage());
        } finally {
            guard.unlock();
        }
    }
}
