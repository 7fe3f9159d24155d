package io.github.comfyeks.transport.internal;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Ends requests that take too long by closing what they read from or write to: a blocked read or write on a socket ends by
 * nothing else in time, since its own timeout starts anew with each byte. One daemon thread, gone after ten idle seconds.
 */
final class Deadlines {
    private final ScheduledThreadPoolExecutor timer;

    Deadlines() {
        timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "comfyeks-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(10, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
    }

    /** The client is closed: nothing is begun any more, and another attempt ends no better. */
    static final class ClosedException extends IOException {
        private static final long serialVersionUID = 1;

        ClosedException() {
            super("the client is closed");
        }
    }

    /**
     * From now on; the owner cancels it.
     *
     * @throws ClosedException after the closing
     */
    Deadline in(Duration limit, Closeable victim) throws ClosedException {
        try {
            return new Deadline(limit.toNanos(), victim);
        } catch (RejectedExecutionException e) {
            throw (ClosedException) new ClosedException().initCause(e);
        }
    }

    /** Nothing begins any more; requests under way keep their limits, which no longer begin anew. */
    void close() {
        timer.shutdown();
    }

    /** Runs on the timer, later; for chores of the connections. */
    @SuppressWarnings("FutureReturnValueIgnored")
    void after(Duration delay, Runnable chore) {
        if (!timer.isShutdown()) {
            timer.schedule(chore, delay.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** One limit on one request; thread-safe. */
    final class Deadline implements Runnable {
        private final long limit;
        private final Closeable victim;
        private volatile long expiresAt;
        private volatile boolean expired;
        private volatile Future<?> check;

        private Deadline(long limit, Closeable victim) {
            this.limit = limit;
            this.victim = victim;
            this.expiresAt = System.nanoTime() + limit;
            this.check = timer.schedule(this, limit, TimeUnit.NANOSECONDS);
        }

        /** Begins anew: something was read or written. */
        void renew() {
            expiresAt = System.nanoTime() + limit;
        }

        @Override
        public void run() {
            long left = expiresAt - System.nanoTime();
            if (left > 0 && !timer.isShutdown()) {
                check = timer.schedule(this, left, TimeUnit.NANOSECONDS);
                return;
            }
            expired = true;
            try {
                victim.close();
            } catch (IOException e) {
                return; // closed is closed
            }
        }

        boolean isExpired() {
            return expired;
        }

        void cancel() {
            check.cancel(false);
        }
    }
}
