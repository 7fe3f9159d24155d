package io.github.comfyeks.testing.internal.nodes;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * The server's one interrupt flag: seen at a progress step or before the next node, and forgotten when a run starts (H4). Also
 * how a run waits, so that closing the server ends every wait. Safe for use by several threads.
 */
public final class Interrupts {
    private final AtomicBoolean flag = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final BooleanSupplier lost;

    /** @param lost whether a request that comes now is forgotten */
    public Interrupts(BooleanSupplier lost) {
        this.lost = lost;
    }

    public void request() {
        if (!lost.getAsBoolean()) {
            flag.set(true);
        }
    }

    public void forget() {
        flag.set(false);
    }

    /** Whether somebody asked for an interrupt; forgets it. */
    public boolean take() {
        return flag.getAndSet(false);
    }

    /** Throws if somebody asked for an interrupt, and forgets it. */
    public void check() throws InterruptedRunException {
        if (flag.getAndSet(false) || isClosed()) {
            throw new InterruptedRunException();
        }
    }

    /** Waits, deaf to interrupts, until the time is over or the server has gone. */
    public void pause(Duration duration) throws InterruptedRunException {
        if (duration.isZero() || duration.isNegative()) {
            return;
        }
        try {
            if (closed.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new InterruptedRunException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedRunException();
        }
    }

    /** Whether the server has gone. */
    public boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Ends all waits. */
    public void close() {
        closed.countDown();
    }

    /** The run was interrupted. */
    public static final class InterruptedRunException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
