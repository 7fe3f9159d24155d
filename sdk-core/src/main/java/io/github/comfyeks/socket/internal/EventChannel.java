package io.github.comfyeks.socket.internal;

import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.error.ProtocolException;
import io.github.comfyeks.internal.ClientThreads;
import io.github.comfyeks.internal.TimeSource;
import io.github.comfyeks.transport.internal.Http;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event socket of one client id, kept open: after any number of drops it comes back, each time as a new connection,
 * after a wait with full jitter from the first failure on. A connection counts once the server has greeted it with
 * {@code status}, for only then do events reach it (E3); one that is not greeted in time is dropped.
 *
 * <p>States: idle → connecting → subscribed → waiting → connecting …, and closed. The lock guards the state only; it is
 * never held over I/O or a listener's call. One reader thread a connection delivers messages and must never block (E10).
 */
public final class EventChannel {
    private static final Logger log = LoggerFactory.getLogger(EventChannel.class);
    private static final String FEATURES = "{\"type\":\"feature_flags\",\"data\":{\"supports_preview_metadata\":true}}";
    private static final Duration GREETING = Duration.ofSeconds(3);
    private static final Duration CLOSING = Duration.ofSeconds(1);
    private static final long FIRST_DELAY_MS = 200;
    private static final long MAX_DELAY_MS = 5_000;
    private static final Duration STEADY = Duration.ofSeconds(1);

    /** Called by the reader thread, or by the timer where no connection came about; must not block. */
    public interface Listener {
        void onSubscribed();

        void onDown(String reason);

        void onMessage(Message message);
    }

    private enum State {
        IDLE,
        CONNECTING,
        SUBSCRIBED,
        WAITING,
        CLOSED
    }

    private final Http http;
    private final String clientId;
    private final EventSocket.Factory sockets;
    private final ClientThreads threads;
    private final TimeSource time;
    private final Listener listener;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile State state = State.IDLE;
    private @Nullable Connection current;
    private int failures;
    private int attempts;

    public EventChannel(Http http, String clientId, ClientThreads threads, Listener listener) {
        this(http, clientId, LibrarySocket.factory(http), threads, listener);
    }

    EventChannel(Http http, String clientId, EventSocket.Factory sockets, ClientThreads threads, Listener listener) {
        this.http = http;
        this.clientId = clientId;
        this.sockets = sockets;
        this.threads = threads;
        this.time = http.config().time();
        this.listener = listener;
    }

    public String clientId() {
        return clientId;
    }

    /** Whether the server has greeted the present connection. */
    public boolean isSubscribed() {
        return state == State.SUBSCRIBED;
    }

    /** Opens the socket if it was never opened; does not wait. */
    public void open() {
        lock.lock();
        try {
            if (state == State.IDLE) {
                connect();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Opens the socket if it was never opened, and waits for it, but no longer than for the first attempt to fail or this
     * long. A channel that is on its way back is not waited for: work goes on by looks.
     *
     * @return whether the channel is subscribed
     */
    public boolean ensureOpen(Duration patience) throws InterruptedException {
        if (state == State.SUBSCRIBED) {
            return true;
        }
        open();
        lock.lock();
        try {
            long left = patience.toNanos();
            while (state == State.CONNECTING && failures == 0 && left > 0) {
                left = changed.awaitNanos(left);
            }
            return state == State.SUBSCRIBED;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Closes the present connection and opens another: events of a moving queue did not come (E2). The old one is closed
     * first, because its end on the server would silence the new one.
     */
    public void reopen(String why) {
        Connection suspect;
        lock.lock();
        try {
            suspect = current;
            if (state != State.SUBSCRIBED || suspect == null) {
                return;
            }
            state = State.WAITING;
        } finally {
            lock.unlock();
        }
        log.debug("{}: the event socket is opened anew: {}", clientId, why);
        suspect.end(why);
    }

    /** Closes for good: politely if the server answers within a second, else at once. */
    public void close() {
        Connection last;
        lock.lock();
        try {
            state = State.CLOSED;
            last = current;
            current = null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (last == null) {
            return;
        }
        last.end("closed by the client");
        lock.lock();
        try {
            long left = CLOSING.toNanos();
            while (!last.ended && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        EventSocket socket = last.socket;
        if (!last.ended && socket != null) {
            last.abort(socket, "closed by the client");
        }
    }

    /** With the lock. */
    private void connect() {
        state = State.CONNECTING;
        Connection connection = new Connection();
        current = connection;
        Thread reader = new Thread(connection, "comfyeks-socket-" + (++attempts));
        reader.setDaemon(true);
        reader.start();
    }

    private void lost(Connection connection, String reason) {
        long delay;
        lock.lock();
        try {
            if (current != connection || state == State.CLOSED) {
                return;
            }
            current = null;
            state = State.WAITING;
            boolean steady = connection.greetedAt != 0 && time.nanoTime() - connection.greetedAt >= STEADY.toNanos();
            failures = steady ? 1 : Math.min(failures + 1, 20);
            long cap = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS << (failures - 1));
            delay = 10 + ThreadLocalRandom.current().nextLong(cap);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        log.debug("{}: no event socket ({}), next try in {} ms", clientId, reason, delay);
        listener.onDown(reason);
        threads.after(delay, this::reconnect);
    }

    private void reconnect() {
        lock.lock();
        try {
            if (state == State.WAITING && current == null) {
                connect();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean greeted(Connection connection) {
        lock.lock();
        try {
            if (current != connection || state != State.CONNECTING) {
                return false;
            }
            connection.greetedAt = time.nanoTime() | 1;
            state = State.SUBSCRIBED;
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** One connection, from its handshake to its end; its callbacks come from its own thread. */
    private final class Connection implements Runnable, EventSocket.Listener {
        private volatile @Nullable EventSocket socket;
        private volatile boolean ended;
        private volatile long greetedAt;

        @Override
        public void run() {
            try {
                EventSocket opened = sockets.create(http.handshake(clientId), this);
                socket = opened;
                threads.after(GREETING.toMillis(), this::expectGreeting);
                if (!ended) {
                    opened.run();
                }
                onClosed("ended");
            } catch (RuntimeException e) { // credentials that cannot be had, an address that is none
                onClosed(String.valueOf(e.getMessage()));
            }
        }

        private void expectGreeting() {
            if (greetedAt == 0 && !ended) {
                end("no greeting within " + GREETING.toSeconds() + " s");
            }
        }

        /** Closes politely, and for sure a little later. */
        void end(String why) {
            EventSocket open = socket;
            if (open == null) {
                onClosed(why);
                return;
            }
            if (greetedAt == 0) {
                abort(open, why);
                return;
            }
            open.close();
            threads.after(CLOSING.toMillis(), () -> abortUnlessEnded(open, why));
        }

        private void abortUnlessEnded(EventSocket open, String why) {
            if (!ended) {
                abort(open, why);
            }
        }

        private void abort(EventSocket open, String why) {
            open.abort(why);
            onClosed(why);
        }

        @Override
        public void onCookies(List<String> setCookie) {
            http.adoptCookies(setCookie);
        }

        @Override
        public void onOpen() {
            EventSocket open = socket;
            if (open != null) {
                open.send(FEATURES);
            }
        }

        @Override
        public void onText(byte[] bytes, int offset, int length) {
            deliver(bytes, offset, length, null);
        }

        @Override
        public void onBinary(ByteBuffer bytes) {
            deliver(new byte[0], 0, 0, bytes);
        }

        private void deliver(byte[] text, int offset, int length, @Nullable ByteBuffer binary) {
            if (ended) {
                return;
            }
            Message message;
            try {
                message = binary == null ? MessageDecoder.text(text, offset, length) : MessageDecoder.binary(binary);
            } catch (ProtocolException e) {
                log.warn("{}: {}", clientId, e.getMessage());
                return;
            }
            if (greetedAt == 0 && message instanceof Message.Status && greeted(this)) {
                listener.onSubscribed();
            }
            try {
                listener.onMessage(message);
            } catch (ComfyException e) {
                log.warn("{}: an event could not be handled", clientId, e);
            }
        }

        @Override
        public void onClosed(String reason) {
            lock.lock();
            try {
                if (ended) {
                    return;
                }
                ended = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
            lost(this, reason);
        }
    }
}
