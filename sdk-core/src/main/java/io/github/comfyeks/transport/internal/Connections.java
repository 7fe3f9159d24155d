package io.github.comfyeks.transport.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Connections that wait for their next request: the one used last is taken first, so that a quiet client keeps few. Only those
 * to the server itself are kept; where a redirect leads is visited once. Thread-safe, without a lock.
 */
final class Connections {
    private static final int MOST_IDLE = 64;

    private final Dialer dialer;
    private final Url.Origin origin;
    private final Deadlines deadlines;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger idleCount = new AtomicInteger();
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private volatile boolean closed;

    Connections(Dialer dialer, Url.Origin origin, Deadlines deadlines) {
        this.dialer = dialer;
        this.origin = origin;
        this.deadlines = deadlines;
    }

    /** An idle connection to there, or a new one. */
    Connection take(Url.Origin to, Duration limit) throws IOException {
        if (isServer(to)) {
            for (Connection waiting = poll(); waiting != null; waiting = poll()) {
                if (waiting.isUsable()) {
                    return waiting;
                }
                waiting.close();
            }
        }
        return dialer.dial(to, limit);
    }

    @SuppressWarnings("ReferenceEquality") // nearly always it is the very same
    private boolean isServer(Url.Origin to) {
        return to == origin || to.equals(origin);
    }

    private @Nullable Connection poll() {
        Connection latest = idle.pollFirst();
        if (latest != null) {
            idleCount.decrementAndGet();
        }
        return latest;
    }

    /** The request is done and the connection as good as new. */
    void giveBack(Connection connection) {
        if (closed || !isServer(connection.origin) || idleCount.get() >= MOST_IDLE) {
            connection.close();
            return;
        }
        connection.idle();
        idleCount.incrementAndGet();
        idle.addFirst(connection);
        if (closed) {
            close();
        } else if (sweeping.compareAndSet(false, true)) {
            sweepLater();
        }
    }

    private void sweepLater() {
        deadlines.after(Duration.ofNanos(Connection.OLD), this::sweep);
    }

    /** Closes what nobody took for long; as long as something waits, it comes again. */
    private void sweep() {
        for (Connection oldest = idle.peekLast(); oldest != null && oldest.isOld(); oldest = idle.peekLast()) {
            if (!idle.removeLastOccurrence(oldest)) {
                continue; // somebody took it this moment
            }
            idleCount.decrementAndGet();
            oldest.close();
        }
        sweeping.set(false);
        if (!idle.isEmpty() && sweeping.compareAndSet(false, true)) {
            sweepLater();
        }
    }

    /** Closes what waits, now and from now on. */
    void close() {
        closed = true;
        for (Connection waiting = poll(); waiting != null; waiting = poll()) {
            waiting.close();
        }
    }
}
